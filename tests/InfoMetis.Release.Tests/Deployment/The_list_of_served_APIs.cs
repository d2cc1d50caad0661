using InfoMetis.Release.Deployment;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Deployment;

public class The_list_of_served_APIs
{
    private const string Header = "apiVersion: infometis.io/kubernetes-apis/v1\napis:\n";

    [Fact]
    public void That_ships_has_a_source_for_each_and_an_end_for_each_beta()
    {
        var apis = DeployedFolder.ReadApis().All;

        apis.Count.ShouldBeGreaterThan(80);
        apis.ShouldAllBe(api => api.Source.StartsWith("kubernetes/"));
        apis.Where(api => api.Version.Contains("beta")).ShouldAllBe(api => api.Range.HasUpperBound);
        apis.Where(api => !api.Version.Contains("beta")).ShouldAllBe(api => !api.Range.HasUpperBound);
    }

    [Theory]
    [InlineData("1.16")]
    [InlineData("1.22")]
    [InlineData("1.25")]
    [InlineData("1.26")]
    [InlineData("1.27")]
    [InlineData("1.29")]
    [InlineData("1.32")]
    public void That_ships_knows_what_each_removing_release_removed(string release) =>
        DeployedFolder.ReadApis().All.ShouldContain(api => $"{api.Range.MaxVersion}" == $"{release}.0");

    [Theory]
    [InlineData("  - { version: a/v1, kinds: [A], source: s }", Codes.MissingKey)]
    [InlineData("  - { version: a/v1, kinds: [], served: '(,1.2.0)', source: s }", Codes.EmptyList)]
    [InlineData("  - { version: a/v1, kinds: [A], served: soon, source: s }", Codes.BadValue)]
    [InlineData("  - { version: a/v1, kinds: [A, A], served: '(,1.2.0)', source: s }", Codes.BadValue)]
    [InlineData("  - { version: a/v1, kinds: [A], served: '(,1.2.0)', source: s, kind: B }", Codes.UnknownKey)]
    public void With_a_mistake_says_which(string entry, string code)
    {
        var findings = new List<Finding>();

        ServedApis.Read("apis.yaml", Header + entry, findings);

        findings.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("just text", Codes.WrongType)]
    [InlineData("", Codes.OneDocument)]
    [InlineData("apiVersion: infometis.io/kubernetes-apis/v2\napis: [ { } ]", Codes.NewerApiVersion)]
    public void That_is_something_else_is_empty(string text, string code)
    {
        var findings = new List<Finding>();

        ServedApis.Read("apis.yaml", text, findings).All.ShouldBeEmpty();

        findings.ShouldContain(f => f.Code == code);
    }
}
