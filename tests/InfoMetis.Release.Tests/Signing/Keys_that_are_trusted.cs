using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Signing;

public sealed class Keys_that_are_trusted : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Come_from_files_and_from_folders_and_count_once_each()
    {
        Sample.Write(_folder, "a.pub", Sample.Own.Public.Pem);
        Sample.Write(_folder, "b.pub", Sample.Other.Public.Pem);
        Sample.Write(_folder, "c.pub", Sample.Own.Public.Pem);
        Sample.Write(_folder, "README", "no key, and not named as one");

        var trusted = TrustedKeys.From([_folder.File("b.pub"), _folder.Path]);

        trusted
            .Keys.Select(key => key.Fingerprint)
            .ShouldBe([Sample.Other.Public.Fingerprint, Sample.Own.Public.Fingerprint]);
    }

    [Fact]
    public void Are_none_in_an_empty_folder() => TrustedKeys.From([_folder.Path]).Keys.ShouldBeEmpty();

    [Fact]
    public void Are_all_refused_for_one_that_cannot_be_used()
    {
        Sample.Write(_folder, "a.pub", Sample.Own.Public.Pem);
        Sample.Write(_folder, "b.pub", "damaged");

        var refusal = Should.Throw<ReleaseException>(() => TrustedKeys.From([_folder.Path, _folder.File("absent")]));

        refusal.Findings.Select(finding => finding.Code).ShouldBe([Codes.KeyRefused, Codes.KeyUnreadable]);
    }
}
