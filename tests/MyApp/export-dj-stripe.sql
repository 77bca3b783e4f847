COPY (
    SELECT djstripe_customer.subscriber_id, djstripe_customer.id, djstripe_subscription.id
    FROM djstripe_customer
    LEFT JOIN djstripe_subscription
        ON djstripe_subscription.customer_id = djstripe_customer.id
        AND djstripe_subscription.stripe_data ->> 'status' NOT IN ('canceled', 'incomplete', 'incomplete_expired')
    WHERE djstripe_customer.livemode
        AND djstripe_customer.subscriber_id IS NOT NULL
        AND djstripe_customer.date_purged IS NULL
    ORDER BY djstripe_customer.subscriber_id
) TO STDOUT WITH (FORMAT csv)
