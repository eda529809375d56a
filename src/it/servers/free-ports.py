"""Prints as many free ports of this machine as it is asked for, one by default.

They are below those that the system gives to whoever asks for any port, so that a port is still free when its server binds
it, however late, and when the server is started again on it.
"""

import random
import socket
import sys


def is_free(port):
    with socket.socket() as attempt:
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1
candidates = random.sample(range(20_000, 30_000), 1_000)
print(*[port for port in candidates if is_free(port)][:wanted])
