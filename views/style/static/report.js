// Draws every figure in the colours of the reader's system, and again when these change.
(() => {
  const drawn = JSON.parse(document.getElementById("figures").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const draw = () => {
    for (const [name, modes] of Object.entries(drawn.figures)) {
      const { data, layout } = modes[dark.matches ? "dark" : "light"];
      Plotly.react(name, data, layout, drawn.config);
    }
  };
  dark.addEventListener("change", draw);
  draw();
})();
