// The same delimiters as in JupyterLab. No menu: it would load its parts from the network.
window.MathJax = {
  tex: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    displayMath: [["$$", "$$"], ["\\[", "\\]"]],
    processEscapes: true,
    processEnvironments: true,
    tags: "ams",
  },
  svg: {scale: 0.94, displayAlign: "left", displayIndent: "1.5em", fontCache: "global"},
  options: {enableMenu: false},
};
