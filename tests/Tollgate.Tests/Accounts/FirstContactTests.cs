using System.Security.Claims;
using Tollgate.Accounts;

namespace Tollgate.Tests.Accounts;

public sealed class FirstContactTests
{
    private static readonly BillingCaller Admin = new(new AccountId("acme"), IsBillingAdmin: true);

    [Fact]
    public void What_the_host_says_comes_before_any_claim() =>
        Assert.Equal(
            new FirstContact("Acme", "money@acme.test"),
            FirstContact.Of(
                Admin with
                {
                    Name = "Acme",
                    BillingEmail = "money@acme.test",
                },
                Claims((ClaimTypes.Name, "Ann"), (ClaimTypes.Email, "ann@acme.test"))
            )
        );

    [Theory]
    [InlineData(ClaimTypes.Email)]
    [InlineData("email")]
    [InlineData("preferred_username")]
    [InlineData(ClaimTypes.Name)]
    public void The_address_is_claimed_in_the_ways_that_are_usual(string claim) =>
        Assert.Equal("ann@acme.test", FirstContact.Of(Admin, Claims((claim, "ann@acme.test"))).BillingEmail);

    [Fact]
    public void A_member_who_is_no_billing_admin_gives_an_account_neither_name_nor_address() =>
        Assert.Equal(
            new FirstContact("acme", ""),
            FirstContact.Of(
                Admin with
                {
                    IsBillingAdmin = false,
                },
                Claims((ClaimTypes.Name, "Ann"), (ClaimTypes.Email, "ann@acme.test"))
            )
        );

    [Fact]
    public void An_address_that_is_claimed_and_not_verified_is_not_taken() =>
        Assert.Equal(
            new FirstContact("Ann", ""),
            FirstContact.Of(Admin, Claims(("name", "Ann"), ("email", "ann@acme.test"), ("email_verified", "false")))
        );

    [Fact]
    public void A_name_is_one_line_that_Stripe_takes()
    {
        var name = FirstContact.Of(Admin, Claims(("name", $"Ann\r\n{new string('n', 195)}👍"))).Name;

        Assert.Equal($"Ann {new string('n', 195)}", name);
    }

    private static ClaimsPrincipal Claims(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "test"));
}
