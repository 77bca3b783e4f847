-- Tables of Laravel Cashier 15, Pay 11 and dj-stripe 2.11 as their own migrations make them in PostgreSQL, without what no
-- export of docs/guide/migrate.md reads, and of an integration that somebody made at home; a payer in each.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    stripe_id varchar(255),
    pm_type varchar(255),
    pm_last_four varchar(4),
    trial_ends_at timestamp,
    stripe_customer_id text
);

CREATE TABLE subscriptions (
    id bigint PRIMARY KEY,
    user_id bigint NOT NULL,
    type varchar(255) NOT NULL,
    stripe_id varchar(255) NOT NULL UNIQUE,
    stripe_status varchar(255) NOT NULL,
    stripe_price varchar(255),
    quantity integer,
    trial_ends_at timestamp,
    ends_at timestamp
);

CREATE TABLE subscription_items (
    id bigint PRIMARY KEY,
    subscription_id bigint NOT NULL,
    stripe_id varchar(255) NOT NULL UNIQUE,
    stripe_product varchar(255) NOT NULL,
    stripe_price varchar(255) NOT NULL,
    quantity integer
);

CREATE TABLE pay_customers (
    id bigint PRIMARY KEY,
    owner_type varchar,
    owner_id bigint,
    processor varchar NOT NULL,
    processor_id varchar,
    "default" boolean,
    data jsonb,
    stripe_account varchar,
    deleted_at timestamp,
    type varchar,
    object jsonb
);

CREATE TABLE pay_subscriptions (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES pay_customers,
    name varchar NOT NULL,
    processor_id varchar NOT NULL,
    processor_plan varchar NOT NULL,
    quantity integer NOT NULL DEFAULT 1,
    status varchar NOT NULL,
    current_period_start timestamp,
    current_period_end timestamp,
    trial_ends_at timestamp,
    ends_at timestamp,
    metered boolean,
    type varchar,
    object jsonb
);

CREATE TABLE djstripe_customer (
    djstripe_id bigint PRIMARY KEY,
    id varchar(255) NOT NULL UNIQUE,
    livemode boolean,
    created timestamptz,
    metadata jsonb,
    stripe_data jsonb NOT NULL,
    email text NOT NULL,
    subscriber_id bigint,
    date_purged timestamptz
);

CREATE TABLE djstripe_subscription (
    djstripe_id bigint PRIMARY KEY,
    id varchar(255) NOT NULL UNIQUE,
    livemode boolean,
    created timestamptz,
    metadata jsonb,
    stripe_data jsonb NOT NULL,
    customer_id varchar(255) NOT NULL REFERENCES djstripe_customer (id)
);

INSERT INTO users (id, name, email, stripe_id, stripe_customer_id)
VALUES
    (1, 'Ann', 'ann@example.com', 'cus_1', NULL),
    (2, 'Ben', 'ben@example.com', NULL, NULL),
    (3, 'Cid', 'cid@example.com', NULL, NULL),
    (4, 'Dot', 'dot@example.com', NULL, 'cus_4'),
    (5, 'Eve', 'eve@example.com', NULL, NULL);

INSERT INTO subscriptions (id, user_id, type, stripe_id, stripe_status, stripe_price, quantity)
VALUES
    (1, 1, 'default', 'sub_1', 'active', 'price_old', 1),
    (2, 1, 'default', 'sub_ofLastYear', 'canceled', 'price_old', 1);

INSERT INTO subscription_items (id, subscription_id, stripe_id, stripe_product, stripe_price, quantity)
VALUES (1, 1, 'si_1', 'prod_old', 'price_old', 1);

INSERT INTO pay_customers (id, owner_type, owner_id, processor, processor_id, "default")
VALUES
    (1, 'User', 2, 'stripe', 'cus_2', true),
    (2, 'User', 5, 'braintree', '12345', true);

INSERT INTO pay_subscriptions (id, customer_id, name, processor_id, processor_plan, status)
VALUES
    (1, 1, 'default', 'sub_2', 'price_old', 'active'),
    (2, 1, 'default', 'sub_ofLastYear', 'price_old', 'canceled');

INSERT INTO djstripe_customer (djstripe_id, id, livemode, stripe_data, email, subscriber_id)
VALUES
    (1, 'cus_3', true, '{}', 'cid@example.com', 3),
    (2, 'cus_ofNobody', true, '{}', 'nobody@example.com', NULL);

INSERT INTO djstripe_subscription (djstripe_id, id, livemode, stripe_data, customer_id)
VALUES
    (1, 'sub_3', true, '{"status": "active"}', 'cus_3'),
    (2, 'sub_ofLastYear', true, '{"status": "canceled"}', 'cus_3');
