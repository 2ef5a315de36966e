"""The site: one person on their own machine, from the questions to the session and the diary."""
