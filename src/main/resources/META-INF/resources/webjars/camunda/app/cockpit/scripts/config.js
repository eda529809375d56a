// The page asks for this in a variable which its RequireJS does not see, bundled as it is: a script
// that took longer than seven seconds, over a slow network, left an empty page for good.
window.require.config({ waitSeconds: 0 });

export default {};
