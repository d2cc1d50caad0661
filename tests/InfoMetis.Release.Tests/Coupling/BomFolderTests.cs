using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_a_folder_takes_the_place_of_what_is_built_in
{
    [Fact]
    public void Its_files_are_read_and_named_by_their_path()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write(BomFolder.CouplingsFile, "rules"u8.ToArray());
        var bom = BomFolder.At(folder.Path);

        bom.NameOf(BomFolder.CouplingsFile).ShouldBe(file);
        bom.Text(BomFolder.CouplingsFile, []).ShouldBe("rules");
    }

    [Fact]
    public void A_file_that_it_lacks_is_not_taken_from_those_built_in()
    {
        using var folder = new TemporaryFolder();
        var bom = BomFolder.At(folder.Path);
        var findings = new List<Finding>();

        bom.Catalog(findings).ShouldBeNull();

        findings.ShouldHaveSingleItem().Code.ShouldBe(Codes.Unreadable);
    }

    [Fact]
    public void What_is_built_in_is_named_as_in_the_repository() =>
        BomFolder.BuiltIn.NameOf(BomFolder.CatalogFile).ShouldBe("bom/k0s-catalog.yaml");
}
