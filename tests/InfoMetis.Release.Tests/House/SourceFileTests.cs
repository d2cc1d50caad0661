namespace InfoMetis.Release.Tests.House;

public sealed class SourceFileTests
{
    private static readonly ILookup<string, string> Types = new[]
    {
        ("Oci", "Digest"),
        ("Registry", "Client"),
    }.ToLookup(pair => pair.Item1, pair => pair.Item2);

    [Theory]
    [InlineData("using InfoMetis.Release.Oci;", "Oci")]
    [InlineData("using static InfoMetis.Release.Oci.Digest;", "Oci")]
    [InlineData("using D = InfoMetis.Release.Oci.Digest;", "Oci")]
    [InlineData("var d = InfoMetis.Release.Oci.Digest.Parse(t);", "Oci")]
    [InlineData("var d = global::InfoMetis.Release.Oci.Digest.Parse(t);", "Oci")]
    [InlineData("var d = Oci.Digest.Parse(t);", "Oci")]
    [InlineData("List<Oci.Digest> d;", "Oci")]
    [InlineData("Release.Oci.Digest d;", "Oci")]
    [InlineData("""var u = "https://a"; Oci.Digest d;""", "Oci")]
    [InlineData("""var u = $"{Oci.Digest.Parse(t)}";""", "Oci")]
    [InlineData("var q = '\"'; Oci.Digest d; // \"", "Oci")]
    [InlineData("/* x */ using InfoMetis.Release.Oci; /* y */", "Oci")]
    [InlineData("Registry.Client c; Oci.Digest d;", "Registry,Oci")]
    public void A_room_that_is_named_is_seen(string code, string rooms) =>
        string.Join(',', new SourceFile("Some.cs", code).Mentions(Types)).ShouldBe(rooms);

    [Theory]
    [InlineData("// using InfoMetis.Release.Oci;")]
    [InlineData("/// <see cref=\"Oci.Digest\"/>")]
    [InlineData("/* Oci.Digest\n Oci.Digest */")]
    [InlineData("var n = Registry.Length;")]
    [InlineData("var n = reference.Oci.Digest;")]
    [InlineData("var d = Digest.Parse(t);")]
    [InlineData("namespace InfoMetis.Release;")]
    public void A_word_that_names_no_room_is_not_mistaken_for_one(string code) =>
        new SourceFile("Some.cs", code).Mentions(Types).ShouldBeEmpty();

    [Fact]
    public void Types_are_found_where_they_are_declared() =>
        new SourceFile(
            "Some.cs",
            "sealed record A(int B);\nreadonly record struct C;\npublic enum D { }\n// class E\ninterface F<T>;"
        ).Types.ShouldBe(["A", "C", "D", "F"]);

    [Fact]
    public void The_namespace_is_read_from_its_line() =>
        new SourceFile("Some.cs", "// a\nnamespace InfoMetis.Release.Oci;\n").Namespace.ShouldBe(
            "InfoMetis.Release.Oci"
        );

    [Theory]
    [InlineData("Some.cs", "")]
    [InlineData("Oci/Some.cs", "Oci")]
    [InlineData("Oci/Deep/Some.cs", "Oci/Deep")]
    public void The_room_is_the_folder(string path, string room) => new SourceFile(path, "").Room.ShouldBe(room);
}
