// Counts what is ticked and opens the advice for the rest. Nothing is sent and nothing is kept: no request, no
// storage, no names. Without this script the advice can be opened under each question.
const check = document.querySelector("[data-self-check]");
const result = check?.querySelector("[data-result]");

if (result) {
  const status = result.querySelector("[role=status]");
  const items = [...check.querySelectorAll(".check > li")];
  const isTicked = (item) => item.querySelector("input").checked;

  const show = () => {
    const yes = items.filter(isTicked).length;
    const words = yes === items.length ? check.dataset.all : check.dataset.some;
    status.textContent = words.replace("{yes}", yes).replace("{total}", items.length);
    for (const item of items) item.querySelector("details").open = !isTicked(item);
  };

  // A browser that fills in what was ticked before would show it to the next one at this screen.
  for (const item of items) item.querySelector("input").checked = false;
  result.hidden = false;
  result.querySelector("button").addEventListener("click", show);
  check.addEventListener("change", () => {
    if (status.textContent) show();
  });
}
