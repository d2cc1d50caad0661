using FsCheck.Fluent;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Oci;

public sealed class PlatformTests
{
    [Fact]
    public void A_known_platform_prints_as_it_was_written() =>
        Law.Holds(Gen.Elements(Platform.Known.ToArray()), text => Platform.Parse(text).ToString().ShouldBe(text));

    [Fact]
    public void No_text_makes_the_parser_throw_and_what_it_takes_is_known() =>
        Law.Holds(
            Gen.OneOf(Law.AnyText, Law.TextOf("linuxadm64/v78")),
            text =>
            {
                if (Platform.TryParse(text, out var platform))
                    Platform.Known.ShouldContain(platform.ToString());
            }
        );

    [Theory]
    [InlineData("linux/amd64", "linux", "amd64", null)]
    [InlineData("windows/amd64", "windows", "amd64", null)]
    [InlineData("linux/arm/v6", "linux", "arm", "v6")]
    public void A_platform_has_parts(string text, string system, string architecture, string? variant)
    {
        var platform = Platform.Parse(text);
        platform.OperatingSystem.ShouldBe(system);
        platform.Architecture.ShouldBe(architecture);
        platform.Variant.ShouldBe(variant);
    }

    [Theory]
    [InlineData("linux/arm64/v8", "linux/arm64")]
    [InlineData("linux/arm", "linux/arm/v7")]
    public void Two_ways_to_write_a_platform_are_equal(string text, string normal) =>
        Platform.Parse(text).ShouldBe(Platform.Parse(normal));

    [Theory]
    [InlineData("386")]
    [InlineData("amd64")]
    [InlineData("arm/v5")]
    [InlineData("arm/v6")]
    [InlineData("arm/v7")]
    [InlineData("arm64")]
    [InlineData("loong64")]
    [InlineData("mips64le")]
    [InlineData("ppc64le")]
    [InlineData("riscv64")]
    [InlineData("s390x")]
    public void Processors_that_images_are_made_for_are_known(string processor) =>
        Platform.Parse($"linux/{processor}").ToString().ShouldBe($"linux/{processor}");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("linux")]
    [InlineData("Linux/amd64")]
    [InlineData("linux/amd64/v1")]
    [InlineData("linux/amd64/")]
    [InlineData("darwin/arm64")]
    public void Other_platforms_are_refused(string? text)
    {
        Platform.TryParse(text, out var platform).ShouldBeFalse();
        platform.ShouldBeNull();
        Should
            .Throw<FormatException>(() => Platform.Parse(text!))
            .Message.ShouldBe($"'{text}' is not a known platform");
    }
}
