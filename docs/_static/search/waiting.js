"use strict";

// What the page of the search says before its modules have come, or where they cannot.
{
  const counted = document.getElementById("search-count");
  const isFolder = location.protocol === "file:";
  // A page opened from a folder may not read other files: say so, and what to do.
  document.getElementById("search-from-folder").hidden = !isFolder;
  if (!isFolder && location.search) counted.textContent = "Recherche…";
  document.querySelector("script[type=module]").addEventListener("error", () => {
    const words = "La recherche n’a pas pu se charger. Vérifiez votre connexion, puis ";
    const again = Object.assign(document.createElement("a"), { href: location.href, textContent: "réessayez" });
    if (!isFolder) counted.replaceChildren(words, again, ".");
  });
}
