SITEURL = "https://chroniques.exemple.fr"
