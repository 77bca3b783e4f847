using Microsoft.Extensions.Configuration;
using Tollgate.Commands;

namespace Tollgate.Tests.Startup;

/// <summary>Where the command <c>health</c> finds the node that serves beside it.</summary>
public sealed class HealthAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/", "http_ports=8080")]
    [InlineData("http://127.0.0.1:8080/", "http_ports=8080;8081", "https_ports=8443")]
    [InlineData("http://127.0.0.1:8001/", "urls=http://+:8001", "http_ports=8080")]
    [InlineData("http://127.0.0.1:8001/", "urls=https://*:8443;http://[::]:8001")]
    [InlineData("http://10.0.0.7:8001/", "urls=http://10.0.0.7:8001")]
    [InlineData("http://127.0.0.1:9000/", "Kestrel:Endpoints:Http:Url=http://0.0.0.0:9000", "urls=http://+:8001")]
    public void It_is_the_first_http_address_that_is_listened_at(string address, params string[] settings) =>
        Assert.Equal(address, HealthCommand.AddressOf(Configuration(settings)).AbsoluteUri);

    [Theory]
    [InlineData("https_ports=8443")]
    [InlineData("urls=https://*:8443")]
    public void Without_an_http_address_it_says_what_to_set(string setting) =>
        Assert.Contains(
            "ASPNETCORE_HTTP_PORTS",
            Assert.Throws<StartupException>(() => HealthCommand.AddressOf(Configuration([setting]))).Message,
            StringComparison.Ordinal
        );

    private static IConfiguration Configuration(string[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(one => one.Split('=', 2)).Select(one => KeyValuePair.Create(one[0], (string?)one[1]))
            )
            .Build();
}
