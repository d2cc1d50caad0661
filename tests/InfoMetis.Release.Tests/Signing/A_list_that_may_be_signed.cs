using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Signing;

public sealed class A_list_that_may_be_signed
{
    private static readonly SignaturePolicy Strict = new() { Trusted = Sample.Trusting(Sample.Own, Sample.Other) };

    [Fact]
    public void Is_sound_when_a_trusted_key_signed_it()
    {
        var verdict = Check(Sample.Signed(Sample.Other), Strict);

        verdict.Findings.ShouldBeEmpty();
        verdict.SignedBy.ShouldBe([Sample.Other.Public.Fingerprint]);
    }

    [Fact]
    public void Is_refused_when_nobody_signed_it() => Codes(Check(null, Strict)).ShouldBe(["IMR5201"]);

    [Fact]
    public void Is_refused_when_only_a_stranger_signed_it() =>
        Codes(Check(Sample.Signed(Sample.Stranger), Strict)).ShouldBe(["IMR5202"]);

    [Fact]
    public void Is_refused_when_it_was_changed_whatever_is_allowed()
    {
        var changed = Sums(Sample.Signed(Sample.Own, Sample.Other)) with { Content = "other"u8.ToArray() };

        foreach (var allowed in new[] { false, true })
        {
            var verdict = SignatureCheck.Of(changed, Strict with { AllowUnsigned = allowed });
            Codes(verdict).ShouldBe(["IMR5202"]);
            verdict.Findings[0].Severity.ShouldBe(Severity.Error);
            verdict.SignedBy.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Names_the_trusted_keys_when_none_of_them_signed() =>
        Check(Sample.Signed(Sample.Stranger), Strict)
            .Findings[0]
            .Fact.ShouldContain($"{Sample.Own.Public.Fingerprint}, {Sample.Other.Public.Fingerprint}");

    [Fact]
    public void Is_refused_when_no_key_is_trusted()
    {
        var policy = new SignaturePolicy { Trusted = TrustedKeys.None };

        Codes(Check(Sample.Signed(Sample.Own), policy)).ShouldBe(["IMR5203"]);
        Codes(Check(null, policy)).ShouldBe(["IMR5201", "IMR5203"]);
    }

    [Fact]
    public void Passes_with_a_warning_when_that_is_allowed_and_nobody_signed_it()
    {
        foreach (var trusted in new[] { TrustedKeys.None, Strict.Trusted })
        {
            var verdict = Check(null, new SignaturePolicy { Trusted = trusted, AllowUnsigned = true });
            Codes(verdict).ShouldBe(["IMR5211"]);
            verdict.Findings[0].Severity.ShouldBe(Severity.Warning);
        }
    }

    [Fact]
    public void Passes_with_a_warning_when_that_is_allowed_and_no_key_is_trusted()
    {
        var policy = new SignaturePolicy { Trusted = TrustedKeys.None, AllowUnsigned = true };

        var verdict = Check(Sample.Signed(Sample.Own), policy);

        Codes(verdict).ShouldBe(["IMR5211"]);
        verdict.SignedBy.ShouldBeEmpty();
    }

    [Fact]
    public void Needs_no_allowance_when_it_is_signed() =>
        Check(Sample.Signed(Sample.Own), Strict with { AllowUnsigned = true }).Findings.ShouldBeEmpty();

    [Fact]
    public void Is_sound_when_as_many_signed_it_as_are_required() =>
        Check(Sample.Signed(Sample.Own, Sample.Other), Strict with { Required = 2 }).Findings.ShouldBeEmpty();

    [Fact]
    public void Counts_a_key_once_however_often_it_signed()
    {
        var twice = Sample.Signed(Sample.Own, Sample.Own);

        Codes(Check(twice, Strict)).ShouldBeEmpty();
        Codes(Check(twice, Strict with { Required = 2 })).ShouldBe(["IMR5208"]);
        Codes(Check(twice, new SignaturePolicy { Trusted = Sample.Trusting(Sample.Own, Sample.Own), Required = 2 }))
            .ShouldBe(["IMR5208"]);
    }

    [Fact]
    public void Tells_of_a_stranger_who_signed_it_too_and_does_not_count_him()
    {
        var verdict = Check(Sample.Signed(Sample.Own, Sample.Stranger), Strict with { Required = 2 });

        Codes(verdict).ShouldBe(["IMR5212", "IMR5208"]);
        verdict.Findings[0].Severity.ShouldBe(Severity.Warning);
        verdict.Findings[0].Place!.Line.ShouldBe(2);
        verdict.SignedBy.ShouldBe([Sample.Own.Public.Fingerprint]);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\n", 1)]
    [InlineData("{0}", 1)]
    [InlineData("{0}\r\n", 1)]
    [InlineData("{0}\n\n", 2)]
    [InlineData("{0}\n {0}\n", 2)]
    [InlineData("{0}\nAAAA\n", 2)]
    [InlineData("{0}\n{0}", 2)]
    [InlineData("-----BEGIN\n", 1)]
    public void Is_refused_for_a_line_that_is_no_signature_whatever_is_allowed(string form, int line)
    {
        var text = form.Replace("{0}", Sample.Signed(Sample.Own).TrimEnd(), StringComparison.Ordinal);

        var verdict = Check(text, Strict with { AllowUnsigned = true });

        Codes(verdict).ShouldBe(["IMR5209"]);
        verdict.Findings[0].Place!.Line.ShouldBe(line);
        verdict.SignedBy.ShouldBeEmpty();
    }

    [Fact]
    public void Is_refused_for_more_signatures_than_are_read() =>
        Codes(Check(Sample.Signed([.. Enumerable.Repeat(Sample.Own, 65)]), Strict)).ShouldBe(["IMR5209"]);

    [Fact]
    public void Goes_with_a_Sigstore_bundle_that_repeats_a_signature()
    {
        var signature = Sample.Own.Sign(Sample.Sums);
        var text = new SignatureFile([Sample.Other.Sign(Sample.Sums), signature]).ToString();

        Check(text, Strict, Bundle(Sample.Sums, signature)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Goes_with_no_Sigstore_bundle_that_differs()
    {
        var signature = Sample.Own.Sign(Sample.Sums);
        var text = new SignatureFile([signature]).ToString();
        var allowing = Strict with { AllowUnsigned = true };

        Codes(Check(text, allowing, Bundle(Sample.Sums, Sample.Own.Sign(Sample.Sums)))).ShouldBe(["IMR5210"]);
        Codes(Check(text, allowing, Bundle("other"u8.ToArray(), signature))).ShouldBe(["IMR5210"]);
        Codes(Check(text, allowing, "{}")).ShouldBe(["IMR5210"]);
        Codes(Check(null, allowing, Bundle(Sample.Sums, signature))).ShouldBe(["IMR5211", "IMR5210"]);
    }

    private static string Bundle(byte[] content, byte[] signature) =>
        new SigstoreBundle(Digest.Of(content), signature).Print(Sample.Own.Public);

    private static SignedSums Sums(string? signatures, string? sigstore = null) =>
        new("bundle", Sample.Sums, signatures, sigstore);

    private static SignatureVerdict Check(string? signatures, SignaturePolicy policy, string? sigstore = null) =>
        SignatureCheck.Of(Sums(signatures, sigstore), policy);

    private static IEnumerable<string> Codes(SignatureVerdict verdict) =>
        verdict.Findings.Select(finding => finding.Code);
}
