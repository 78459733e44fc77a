/* Reloads the page when it was built anew, and shows what is to correct over it. */

const BOX = "live-problems";

function showProblems(problems) {
  document.getElementById(BOX)?.remove();
  if (problems.length === 0) return;
  const box = document.createElement("section");
  box.id = BOX;
  box.setAttribute("role", "alert");
  const title = document.createElement("h2");
  title.textContent = problems.length > 1 ? `${problems.length} erreurs à corriger` : "Une erreur à corriger";
  const list = document.createElement("ul");
  for (const problem of problems) {
    const item = document.createElement("li");
    item.textContent = problem;
    list.append(item);
  }
  box.append(title, list);
  document.body.prepend(box);
}

async function readProblems() {
  const answer = await fetch("/_live/problems.json");
  return answer.json();
}

async function update() {
  const problems = await readProblems();
  showProblems(problems);
  // While there is something to correct the site stays as it was.
  if (problems.length === 0) location.reload();
}

function listen() {
  const socket = new WebSocket(`ws://${location.host}/_live/reload`);
  socket.onmessage = update;
  // The server was stopped, or restarts.
  socket.onclose = () => setTimeout(listen, 1000);
}

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/_live/live.css";
document.head.append(style);
readProblems().then(showProblems);
listen();
