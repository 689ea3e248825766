curl -fsS 'ADDRESS' -o FILE
