package org.balsam.platform.identity.keycloak;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Refuses every password: Keycloak alone sees them. */
final class NoPasswords implements AuthenticationProvider {

  @Override
  public Authentication authenticate(Authentication request) {
    throw new BadCredentialsException("people sign in at Keycloak");
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
