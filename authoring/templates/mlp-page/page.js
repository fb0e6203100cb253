// On the site a film's frames are a file of their own. It is loaded when the film comes near the screen; until then
// every frame is the first one, which stands in the page.
window.mlpFilms = {};
window.mlpFrames = (name, count, place) => {
  const film = document.currentScript.closest(".mlp-film");
  const frames = new Array(count).fill(film.querySelector("img").src.split(",")[1]);
  const load = () => {
    const script = document.createElement("script");
    script.src = `${place}/${name}.js`;
    script.onload = () => {
      frames.splice(0, count, ...window.mlpFilms[name]);
      film.dataset.loaded = "true";
    };
    document.head.append(script);
  };
  const watch = new IntersectionObserver(seen => {
    if (seen.some(each => each.isIntersecting)) { watch.disconnect(); load(); }
  }, {rootMargin: "400px"});
  watch.observe(film);
  return frames;
};

// What scrolls sideways on this screen can be reached by the Tab key, too. A folded text has no width before it is opened.
const reach = () => document.querySelectorAll("main :is(pre, table, mjx-container[display])").forEach(each => {
  if (each.scrollWidth > each.clientWidth) each.tabIndex = 0; else each.removeAttribute("tabindex");
});
for (const event of ["load", "resize"]) addEventListener(event, reach);
document.addEventListener("toggle", reach, true);
