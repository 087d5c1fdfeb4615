CREATE TABLE items (
  id          BIGINT       NOT NULL PRIMARY KEY,
  sku         VARCHAR(16)  NOT NULL UNIQUE,
  name        VARCHAR(100) NOT NULL,
  price_cents BIGINT       NOT NULL,
  -- Goes up with every change, so that a reader can tell an old row from a new one.
  version     BIGINT       NOT NULL DEFAULT 1
) DEFAULT CHARSET = utf8mb4;

-- The unique key is what makes an order happen once: it alone is shared by all replicas.
-- Keys and customers compare byte by byte: 'k-1' and 'K-1' are two.
CREATE TABLE orders (
  id              BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_hash    BINARY(32)  NOT NULL,
  customer        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id         BIGINT      NOT NULL,
  quantity        INT         NOT NULL,
  total_cents     BIGINT      NOT NULL,
  created_at      DATETIME(6) NOT NULL,
  UNIQUE KEY orders_idempotency_key (idempotency_key),
  KEY orders_customer (customer, id),
  CONSTRAINT orders_item FOREIGN KEY (item_id) REFERENCES items (id)
) DEFAULT CHARSET = utf8mb4;
