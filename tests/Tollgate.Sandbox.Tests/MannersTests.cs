using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Keys, errors, forms, idempotency, lists, expand and metadata.</summary>
public sealed class MannersTests
{
    [Fact]
    public async Task Unknown_route_answers_404_in_stripes_error_shape()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var answer = await sandbox.RefusedAsync(404, HttpMethod.Get, "/v1/foo");
        Assert.Equal("invalid_request_error", answer["error.type"]);
        Assert.StartsWith(
            "Unrecognized request URL (GET: /v1/foo).",
            answer["error.message"],
            StringComparison.Ordinal
        );
        await sandbox.RefusedAsync(404, HttpMethod.Post, "/v1/quotes", "customer=cus_1");
        await sandbox.RefusedAsync(404, HttpMethod.Get, "/v2/core/accounts");
    }

    [Theory]
    [InlineData("", 401)]
    [InlineData("Bearer sk_live_refused", 401)]
    [InlineData("Bearer sk_test_123", 401)]
    [InlineData("Bearer nonsense_nonsense", 401)]
    [InlineData("Basic !!!", 401)]
    [InlineData("Bearer sk_test_1234", 200)]
    [InlineData("Bearer rk_test_restricted", 200)]
    [InlineData("Basic c2tfdGVzdF9sb2NhbHNhbmRib3g6", 200)]
    public async Task Test_keys_are_taken_and_others_refused(string authorization, int status)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Http.DefaultRequestHeaders.Remove("Authorization");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/customers");
        if (authorization.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var answer = await sandbox.SendAsync(request);
        Assert.Equal(status, (int)answer.Status);
    }

    [Fact]
    public async Task Answers_carry_request_id_and_the_version_that_was_asked_for()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var answer = await sandbox.GetAsync("/v1/customers");
        Assert.StartsWith("req_", answer.Header("Request-Id"), StringComparison.Ordinal);
        Assert.Equal("2026-10-28.endive", answer.Header("Stripe-Version"));
        sandbox.Http.DefaultRequestHeaders.Add("Stripe-Version", "2025-09-30.clover");
        Assert.Equal("2025-09-30.clover", (await sandbox.GetAsync("/v1/customers")).Header("Stripe-Version"));
    }

    [Fact]
    public async Task Json_is_indented_by_two_spaces()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var answer = await sandbox.PostAsync("/v1/products", "name=Team");
        Assert.StartsWith("{\n  \"id\": \"prod_", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/customers", "frobnicate=1", "frobnicate", "parameter_unknown")]
    [InlineData("/v1/customers", "invoice_settings[foo]=1", "invoice_settings[foo]", "parameter_unknown")]
    [InlineData("/v1/products", "description=x", "name", "parameter_missing")]
    [InlineData("/v1/products", "name=", "name", "parameter_invalid_empty")]
    [InlineData("/v1/customers", "balance=many", "balance", "parameter_invalid_integer")]
    [InlineData("/v1/subscriptions", "customer=cus_none&items[0][price]=price_none", "customer", "resource_missing")]
    public async Task Bad_parameters_are_refused_by_name(string path, string form, string parameter, string code)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var answer = await sandbox.RefusedAsync(400, HttpMethod.Post, path, form.Split('&'));
        Assert.Equal(parameter, answer["error.param"]);
        Assert.Equal(code, answer["error.code"]);
    }

    [Fact]
    public async Task Missing_objects_answer_404_with_the_parameter_id()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var answer = await sandbox.RefusedAsync(404, HttpMethod.Get, "/v1/customers/cus_none");
        Assert.Equal("resource_missing", answer["error.code"]);
        Assert.Equal("id", answer["error.param"]);
        Assert.Equal("No such customer: 'cus_none'", answer["error.message"]);
    }

    [Fact]
    public async Task Customer_with_unknown_payment_method_is_not_created()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.RefusedAsync(404, HttpMethod.Post, "/v1/customers", "payment_method=pm_none");
        Assert.Empty((await sandbox.GetAsync("/v1/customers")).Data);
        Assert.Empty(await sandbox.EventTypesAsync());
    }

    [Fact]
    public async Task Same_key_and_request_replay_the_first_answer()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var first = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["email=a@b.test", "name=A"], "key-1");
        var second = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=A", "email=a@b.test"], "key-1");
        Assert.Equal(first.Text, second.Text);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Single((await sandbox.GetAsync("/v1/customers")).Data);
    }

    [Fact]
    public async Task Same_key_with_other_parameters_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=A"], "key-1");
        var other = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=B"], "key-1");
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.Equal("idempotency_error", other["error.type"]);
    }

    [Fact]
    public async Task Refused_parameters_leave_the_key_free()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var wrong = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["nome=A"], "key-1");
        var right = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=A"], "key-1");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(HttpStatusCode.OK, right.Status);
    }

    [Fact]
    public async Task Declined_payment_is_replayed_too()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(sandbox);
        string[] form = ["payment_method=pm_card_visa_chargeDeclined"];
        var path = $"/v1/payment_pages/{session.Id}/confirm";
        var first = await sandbox.SendAsync(HttpMethod.Post, path, form, "key-1");
        var second = await sandbox.SendAsync(HttpMethod.Post, path, form, "key-1");
        Assert.Equal(HttpStatusCode.PaymentRequired, first.Status);
        Assert.Equal(first.Text, second.Text);
        Assert.Single(await sandbox.EventsAsync("charge.failed"));
    }

    [Fact]
    public async Task Key_is_forgotten_after_a_day()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=A"], "key-1");
        await sandbox.AdvanceAsync(TimeSpan.FromHours(24.1));
        var later = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=B"], "key-1");
        Assert.Equal(HttpStatusCode.OK, later.Status);
    }

    [Fact]
    public async Task Key_of_a_running_request_answers_409()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var body = new HeldContent("name=A");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers") { Content = body };
        request.Headers.Add("Idempotency-Key", "key-1");
        // the Sandbox asks for the body once it holds the key, and none is sent before
        request.Headers.ExpectContinue = true;
        var first = sandbox.SendAsync(request);
        await body.Started;
        var second = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=A"], "key-1");
        body.Release();
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Equal("idempotency_key_in_use", second["error.code"]);
    }

    [Fact]
    public async Task Lists_page_both_ways_newest_first()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var ids = new List<string>();
        for (var index = 0; index < 7; index++)
        {
            ids.Add((await sandbox.PostAsync("/v1/customers", $"name=C{index}")).Id);
        }

        ids.Reverse();
        var first = await sandbox.GetAsync("/v1/customers", "limit=3");
        Assert.Equal(ids[..3], first.Ids);
        Assert.Equal("True", first["has_more"]);
        Assert.Equal("/v1/customers", first["url"]);
        var second = await sandbox.GetAsync("/v1/customers", "limit=3", $"starting_after={ids[2]}");
        Assert.Equal(ids[3..6], second.Ids);
        var last = await sandbox.GetAsync("/v1/customers", "limit=3", $"starting_after={ids[5]}");
        Assert.Equal(ids[6..], last.Ids);
        Assert.Equal("False", last["has_more"]);
        var back = await sandbox.GetAsync("/v1/customers", "limit=3", $"ending_before={ids[5]}");
        Assert.Equal(ids[2..5], back.Ids);
        Assert.Equal("True", back["has_more"]);
        var top = await sandbox.GetAsync("/v1/customers", "limit=3", $"ending_before={ids[2]}");
        Assert.Equal(ids[..2], top.Ids);
        Assert.Equal("False", top["has_more"]);
        await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/customers", "limit=101");
        await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/customers", "starting_after=cus_none");
    }

    [Fact]
    public async Task Customers_are_found_by_email()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.PostAsync("/v1/customers", "email=a@b.test");
        var wanted = await sandbox.PostAsync("/v1/customers", "email=c@d.test");
        Assert.Equal([wanted.Id], (await sandbox.GetAsync("/v1/customers", "email=c@d.test")).Ids);
    }

    [Fact]
    public async Task Expand_reaches_four_levels_also_in_lists()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        var expanded = await sandbox.GetAsync(
            $"/v1/subscriptions/{subscription.Id}",
            "expand[]=items.data.price.product",
            "expand[]=latest_invoice.payments",
            "expand[]=customer.invoice_settings.default_payment_method"
        );
        Assert.Equal("Team", expanded["items.data.0.price.product.name"]);
        Assert.Equal("paid", expanded["latest_invoice.payments.data.0.status"]);
        Assert.Equal("4242", expanded["customer.invoice_settings.default_payment_method.card.last4"]);
        var listed = await sandbox.GetAsync(
            "/v1/subscriptions",
            "expand[]=data.customer",
            "expand[]=data.latest_invoice"
        );
        Assert.Equal("owner@acme.test", listed["data.0.customer.email"]);
        await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/subscriptions", "expand[]=data.items.data.price.product");
        await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/subscriptions", "expand[]=customer");
        await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/subscriptions", "expand[]=data.status");
    }

    [Fact]
    public async Task Metadata_merges_and_an_empty_value_unsets()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await sandbox.PostAsync("/v1/customers", "metadata[a]=1", "metadata[b]=2", "metadata[_c]=3");
        var changed = await sandbox.PostAsync($"/v1/customers/{customer.Id}", "metadata[a]=", "metadata[d]=4");
        Assert.Equal("{\"b\":\"2\",\"_c\":\"3\",\"d\":\"4\"}", Compact(changed.At("metadata").ToString()));
        var cleared = await sandbox.PostAsync($"/v1/customers/{customer.Id}", "metadata=");
        Assert.Equal("{}", Compact(cleared.At("metadata").ToString()));
    }

    [Fact]
    public async Task Empty_text_unsets_a_member()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await sandbox.PostAsync("/v1/customers", "name=Ada");
        Assert.Equal("null", (await sandbox.PostAsync($"/v1/customers/{customer.Id}", "name="))["name"]);
    }

    private static string Compact(string json) =>
        json.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    /// <summary>A body whose end is held back until it is released.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly byte[] bytes;
        private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldContent(string text)
        {
            bytes = Encoding.UTF8.GetBytes(text);
            Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded");
        }

        public Task Started => started.Task;

        public void Release() => released.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, 1));
            await stream.FlushAsync();
            started.TrySetResult();
            await released.Task;
            await stream.WriteAsync(bytes.AsMemory(1));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
