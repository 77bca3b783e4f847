COPY (
    SELECT pay_customers.owner_id, pay_customers.processor_id, pay_subscriptions.processor_id
    FROM pay_customers
    LEFT JOIN pay_subscriptions
        ON pay_subscriptions.customer_id = pay_customers.id
        AND pay_subscriptions.status NOT IN ('canceled', 'incomplete', 'incomplete_expired')
    WHERE pay_customers.processor = 'stripe'
        AND pay_customers.owner_type = 'User'
        AND pay_customers.processor_id IS NOT NULL
        AND pay_customers.deleted_at IS NULL
    ORDER BY pay_customers.owner_id
) TO STDOUT WITH (FORMAT csv)
