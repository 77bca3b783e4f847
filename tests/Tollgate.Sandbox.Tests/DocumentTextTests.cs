using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;

namespace Tollgate.Sandbox.Tests;

/// <summary>Nodes of a text, and the differences of two versions.</summary>
public sealed class DocumentTextTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":null,"b":true,"c":false,"d":-12,"e":12.50,"f":"x","g":""}""")]
    [InlineData("""{"a":[],"b":[1,[2,{"c":{}}],null],"d":{"a":{"a":"a"}}}""")]
    [InlineData("""{"é☃":"é☃ <b>","quote":"\"\n","metadata":{"_own":"kept"}}""")]
    public void Nodes_of_a_text_are_written_as_it_was(string text)
    {
        var read = Utf8Nodes.Of(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, Encoding.UTF8.GetString(Utf8Text.Of(Utf8Text.Dense, writer => read.WriteTo(writer))));
    }

    [Fact]
    public void Object_of_many_members_is_read_whole()
    {
        var written = new JsonObject { ["inner"] = new JsonObject() };
        for (var number = 0; number < 1_000; number++)
        {
            written[$"member_{number}"] = number;
            written.Child("inner")[$"inner_{number}"] = $"text {number}";
        }

        var read = Utf8Nodes.Of(Encoding.UTF8.GetBytes(written.ToJsonString()));
        Assert.True(JsonNode.DeepEquals(written, read));
    }

    [Fact]
    public void Glance_reads_the_members_that_are_asked_for_and_no_others()
    {
        var text = """{"id":"sub_1","items":{"status":"none","data":[{"id":"si_1"}]},"status":"active"}"""u8;
        Assert.Equal("""{"id":"sub_1","status":"active"}""", Utf8Nodes.Of(text, "status", "id").ToJsonString());
    }

    [Theory]
    [InlineData("""{"a":1,"_b":1}""", """{"a":1,"_b":2}""", null)]
    [InlineData("""{"a":[{"b":1,"_c":1}]}""", """{"a":[{"b":1}]}""", null)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"c":null}""", """{"b":2,"c":null}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1,"c":3}}""", """{"a":{"c":2}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", """{"a":[1,2]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":null}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":0.5,"b":"1"}""", """{"a":0.25,"b":1}""", """{"a":0.5,"b":"1"}""")]
    [InlineData("""{"metadata":{"_a":"1"}}""", """{"metadata":{"_a":"2"}}""", """{"metadata":{"_a":"1"}}""")]
    public void Previous_attributes_are_what_the_world_sees_otherwise(string was, string now, string? expected)
    {
        var (before, after) = ((JsonObject)JsonNode.Parse(was)!, (JsonObject)JsonNode.Parse(now)!);
        Assert.Equal(expected is not null, PreviousAttributes.Any(before, after));
        var written = Utf8Text.Of(Utf8Text.Dense, writer => PreviousAttributes.Write(writer, before, after));
        Assert.Equal(expected ?? "{}", Encoding.UTF8.GetString(written));
    }
}
