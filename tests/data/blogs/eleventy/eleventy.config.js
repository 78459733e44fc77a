throw new Error("ce fichier ne doit jamais être exécuté");
