// A control that has the focus keeps the keys it uses: all of them in a field or a slider, Enter and
// Space on a button or a folded text. Every other key turns the slides.
const usedByControl = event => {
  const control = event.target.closest("input, select, textarea, button, summary, a");
  return control !== null
    && (control.matches("input, select, textarea") || event.key === "Enter" || event.key === " ");
};

// Escape gives the keys back to the slides.
document.addEventListener("keydown", event => {
  const focused = document.activeElement;
  if (event.key === "Escape" && focused !== document.body) {
    focused.blur();
    event.stopPropagation();
  }
}, {capture: true});

MathJax.startup.promise.then(() => Reveal.initialize({
  width: 1280,
  height: 800,
  margin: 0,
  minScale: 0.1,
  maxScale: 4,
  center: false,
  display: "flex",
  hash: true,
  navigationMode: "linear",
  transition: "none",
  backgroundTransition: "none",
  controlsTutorial: false,
  slideNumber: "c/t",
  pdfSeparateFragments: false,
  keyboardCondition: event => !usedByControl(event),
  plugins: [RevealNotes],
}));
