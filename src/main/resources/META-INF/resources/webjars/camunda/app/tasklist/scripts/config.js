// The page asks for this in a variable which its RequireJS does not see, bundled as it is: a script
// that took longer than seven seconds, over a slow network, left an empty page for good.
window.require.config({ waitSeconds: 0 });

export default {
  app: { name: 'Tasklist', vendor: 'Balsam' },
  // the forms are in English; a page in two languages is harder to read
  locales: { availableLocales: ['en'], fallbackLocale: 'en' },
  disableWelcomeMessage: true,
  shortcuts: {
    claimTask: { key: 'ctrl+alt+c', description: 'claims the task that is open' },
    focusFilter: { key: 'ctrl+shift+f', description: 'goes to the first filter' },
    focusList: { key: 'ctrl+alt+l', description: 'goes to the first task of the list' },
    focusForm: { key: 'ctrl+alt+f', description: 'goes to the first field of the form' },
  },
};

// A session that is over asks the server for the page again: it knows where people sign in. Not
// twice in ten seconds, or a server that serves the page and no data would be asked for ever.
window.addEventListener('hashchange', () => {
  const last = Number(sessionStorage.getItem('balsam.signIn'));
  if (location.hash.startsWith('#/login') && Date.now() - last > 10000) {
    sessionStorage.setItem('balsam.signIn', String(Date.now()));
    location.replace(location.pathname);
  }
});

// Texts of a process know the server's own addresses, not the prefix below which it is reached.
const root = location.pathname.split('camunda/app/')[0];
const withPrefix = ({ target }) => {
  const file = target.closest?.('.fjs-container a[href^="/api/"]');
  const address = file?.getAttribute('href');
  if (address && !address.startsWith(`${root}api/`)) {
    file.setAttribute('href', root + address.slice(1));
  }
};
['pointerover', 'focusin', 'click'].forEach((event) => document.addEventListener(event, withPrefix, { capture: true }));
