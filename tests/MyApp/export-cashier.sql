COPY (
    SELECT users.id, users.stripe_id, subscriptions.stripe_id
    FROM users
    LEFT JOIN subscriptions
        ON subscriptions.user_id = users.id
        AND subscriptions.type = 'default'
        AND subscriptions.stripe_status NOT IN ('canceled', 'incomplete', 'incomplete_expired')
    WHERE users.stripe_id IS NOT NULL
    ORDER BY users.id
) TO STDOUT WITH (FORMAT csv)
