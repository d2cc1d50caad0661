using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Signing;

public sealed class A_folder_that_is_signed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public A_folder_that_is_signed() => Sample.Write(_folder, "SHA256SUMS", Sample.List);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Holds_the_signature_twice_once_for_each_kind_of_reader()
    {
        SignedFolder.Sign(_folder.Path, Sample.Own).ShouldBe(1);

        Check(Sample.Own).ShouldBeEmpty();
        Names().ShouldBe(["SHA256SUMS", "SHA256SUMS.sig", "SHA256SUMS.sigstore.json"]);
        File.ReadAllText(_folder.File("SHA256SUMS")).ShouldBe(Sample.List);
    }

    [Fact]
    public void Takes_the_signature_of_a_second_key_beside_the_first()
    {
        SignedFolder.Sign(_folder.Path, Sample.Own);
        var (first, bundle) = (Read("SHA256SUMS.sig"), Read("SHA256SUMS.sigstore.json"));

        SignedFolder.Sign(_folder.Path, Sample.Other).ShouldBe(2);

        Read("SHA256SUMS.sig").ShouldStartWith(first);
        Read("SHA256SUMS.sigstore.json").ShouldBe(bundle);
        Check(2, Sample.Own, Sample.Other).ShouldBeEmpty();
    }

    [Fact]
    public void Takes_no_second_signature_of_one_key()
    {
        SignedFolder.Sign(_folder.Path, Sample.Own);
        SignedFolder.Sign(_folder.Path, Sample.Other);
        var before = Read("SHA256SUMS.sig");

        foreach (var key in new[] { Sample.Own, Sample.Other })
            Sample.Refusal(() => SignedFolder.Sign(_folder.Path, key)).Code.ShouldBe(Codes.SignedAlready);

        Read("SHA256SUMS.sig").ShouldBe(before);
    }

    [Fact]
    public void Is_completed_where_signing_was_cut_short()
    {
        SignedFolder.Sign(_folder.Path, Sample.Own);
        var (signatures, bundle) = (Read("SHA256SUMS.sig"), Read("SHA256SUMS.sigstore.json"));
        File.Delete(_folder.File("SHA256SUMS.sigstore.json"));

        SignedFolder.Sign(_folder.Path, Sample.Own).ShouldBe(1);

        Read("SHA256SUMS.sig").ShouldBe(signatures);
        Read("SHA256SUMS.sigstore.json").ShouldBe(bundle);
    }

    [Theory]
    [InlineData("SHA256SUMS.sig", "garbage\n", Codes.SignatureFileMalformed)]
    [InlineData("SHA256SUMS.sigstore.json", "{}", Codes.SigstoreDisagrees)]
    [InlineData("SHA256SUMS", "garbage\n", Codes.SumsUnfit)]
    public void Stays_as_it_is_where_something_is_wrong_with_it(string name, string content, string code)
    {
        Sample.Write(_folder, name, content);
        var before = Names();

        Sample.Refusal(() => SignedFolder.Sign(_folder.Path, Sample.Own)).Code.ShouldBe(code);

        Names().ShouldBe(before);
        Read(name).ShouldBe(content);
    }

    [Fact]
    public void Is_not_signed_anew_after_its_list_was_changed()
    {
        SignedFolder.Sign(_folder.Path, Sample.Own);
        Sample.Write(
            _folder,
            "SHA256SUMS",
            Sample.List.Replace("install.sh", "uninstall.sh", StringComparison.Ordinal)
        );

        Sample.Refusal(() => SignedFolder.Sign(_folder.Path, Sample.Other)).Code.ShouldBe(Codes.SigstoreDisagrees);
    }

    [Fact]
    public void Must_hold_a_list()
    {
        File.Delete(_folder.File("SHA256SUMS"));

        var refusal = Sample.Refusal(() => SignedFolder.Sign(_folder.Path, Sample.Own));

        refusal.Code.ShouldBe(Codes.SumsUnfit);
        refusal.Fact.ShouldContain("there is no such file");
    }

    [Fact]
    public void Is_never_taken_for_unsigned_because_a_signature_cannot_be_read()
    {
        Directory.CreateDirectory(_folder.File("SHA256SUMS.sig"));

        Sample.Refusal(() => SignedSums.In(_folder.Path)).Code.ShouldBe(Codes.SignatureFileMalformed);
    }

    private IReadOnlyList<Finding> Check(params SigningKey[] trusted) => Check(1, trusted);

    private IReadOnlyList<Finding> Check(int required, params SigningKey[] trusted) =>
        SignatureCheck
            .Of(
                SignedSums.In(_folder.Path),
                new SignaturePolicy { Trusted = Sample.Trusting(trusted), Required = required }
            )
            .Findings;

    private string Read(string name) => File.ReadAllText(_folder.File(name));

    private string[] Names() =>
        [.. Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
