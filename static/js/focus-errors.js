// Moves the focus to the summary of a refused form, so that a screen reader starts there.
// No scrolling: the summary stands at the top already.
document.getElementById("form-errors")?.focus({ preventScroll: true });
