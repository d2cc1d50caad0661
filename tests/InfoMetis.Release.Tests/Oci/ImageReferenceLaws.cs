using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Oci;

public sealed class ImageReferenceLaws
{
    private static readonly Gen<string> References =
        from registry in Gen.Elements(
            "",
            "docker.io/",
            "index.docker.io/",
            "localhost/",
            "quay.io:443/",
            "[::1]:5000/",
            "A/"
        )
        from folder in Gen.Elements("", "library/", "apache/", "a-b/c__d/")
        from name in Gen.Elements("nifi", "k0s", "a.b", "x--y", "0")
        from tag in Gen.Elements("", ":latest", ":v2.9", ":1.18-scala_2.12", ":_")
        from pin in Gen.Elements("", "@sha256:" + new string('a', 64))
        select registry + folder + name + tag + pin;

    private static readonly Gen<string> Texts = Gen.OneOf(
        References,
        Law.AnyText,
        Law.TextOf("aZ0/:.-_@[]"),
        from reference in References
        from at in Gen.Choose(0, reference.Length)
        from more in Law.TextOf("aZ0/:.-_@[]\n é")
        select reference.Insert(at, more)
    );

    [Fact]
    public void Every_reference_of_the_grammar_is_read() =>
        Law.Holds(References, text => ImageReference.TryParse(text, out _, out var reason).ShouldBeTrue(reason));

    [Fact]
    public void What_is_printed_is_read_as_the_same_and_printed_the_same() =>
        Law.Holds(
            Texts,
            text =>
            {
                if (!ImageReference.TryParse(text, out var reference))
                    return;
                var again = ImageReference.Parse(reference.ToString());
                again.ShouldBe(reference);
                again.ToString().ShouldBe(reference.ToString());
            }
        );

    [Fact]
    public void Any_text_is_a_reference_or_has_a_reason_why_not() =>
        Law.Holds(
            Texts,
            text => ImageReference.TryParse(text, out _, out var reason).ShouldBe(string.IsNullOrEmpty(reason))
        );

    [Fact]
    public void The_registry_of_a_reference_makes_a_URL() =>
        Law.Holds(
            Texts,
            text =>
            {
                if (ImageReference.TryParse(text, out var reference))
                    Uri.TryCreate($"https://{reference.Registry}/v2/", UriKind.Absolute, out _).ShouldBeTrue();
            }
        );
}
