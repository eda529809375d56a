// Runs before the page is drawn, so that it never flashes in the wrong theme.
(function () {
  let chosen = null;
  try {
    chosen = localStorage.getItem('balsam.theme');
  } catch (denied) {
    // without storage the system's theme holds
  }
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
})();
