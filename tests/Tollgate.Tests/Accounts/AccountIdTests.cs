namespace Tollgate.Tests.Accounts;

public sealed class AccountIdTests
{
    [Theory]
    [InlineData("42")]
    [InlineData("ann@example.com")]
    [InlineData("9f8e1b1e-2f43-4d86-a3a7-3a3d3c9b6a11")]
    [InlineData("urn:acme:tenants/42?a=b&c#d")]
    [InlineData("Žofie Müller")]
    [InlineData("長")]
    [InlineData("a,b;'\"<%2F>\\")]
    [InlineData("👍")]
    public void Whatever_can_be_seen_is_an_id(string id) => Assert.Equal(id, new AccountId(id).Value);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" acme")]
    [InlineData("acme\u00a0")]
    [InlineData("ac\nme")]
    [InlineData("ac\0me")]
    [InlineData("ac\u200bme")]
    [InlineData("ac\u202eme")]
    [InlineData("ac\u2028me")]
    public void What_cannot_be_seen_is_no_part_of_an_id(string id) =>
        Assert.Throws<ArgumentException>(() => new AccountId(id));

    [Fact]
    public void Half_a_character_is_no_part_of_an_id() => Assert.False(AccountId.IsOne("ac\ud83dme"));

    [Fact]
    public void An_id_has_up_to_200_characters()
    {
        Assert.True(AccountId.IsOne(new string('x', 200)));
        Assert.False(AccountId.IsOne(new string('x', 201)));
    }
}
