# 提到一个人的全部上下文;汉字由 curl 编码 · every mention of a person; curl encodes what is not ASCII
curl -fsSG 'SITE/DATABASE/mentions_in_context.csv' --data-urlencode 'name=NAME' --data-urlencode '_stream=on' -o mentions.csv

# 自己的查询 · a query of your own
curl -fsSG 'SITE/DATABASE.json' \
  --data-urlencode 'sql=select key, headline from articles where id in (select article_id from mentions where surface = :name)' \
  --data-urlencode 'name=NAME' --data-urlencode '_shape=array' -o articles.json

# 全部数据,核对校验和 · everything, checked
curl -fsS 'SITE/-/download/banmian.zip' -o banmian.zip
curl -fsS 'SITE/-/download/banmian.zip.sha256' | sha256sum --check
