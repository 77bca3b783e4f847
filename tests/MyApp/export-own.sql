COPY (
    SELECT id, stripe_customer_id
    FROM users
    WHERE stripe_customer_id IS NOT NULL
    ORDER BY id
) TO STDOUT WITH (FORMAT csv)
