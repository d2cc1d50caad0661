using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class Showing_urls
{
    [Theory]
    [InlineData("https://a.example/v2/x/tags?n=5&last=b", "https://a.example/v2/x/tags?n=5&last=b")]
    [InlineData("https://u:p@a.example:8443/v2/#frag", "https://a.example:8443/v2/")]
    [InlineData(
        "https://a.example/b?X-Amz-Signature=s&sig=t&n=1",
        "https://a.example/b?X-Amz-Signature=***&sig=***&n=1"
    )]
    [InlineData("https://a.example/b?token", "https://a.example/b?***")]
    [InlineData("https://a.example/b?0123456789abcdef=1", "https://a.example/b?***=***")]
    [InlineData("http://[::1]:5000/v2/", "http://[::1]:5000/v2/")]
    public void Hides_what_may_be_secret(string url, string shown) => RedactedUrl.Of(new Uri(url)).ShouldBe(shown);

    [Fact]
    public void Never_shows_a_secret_wherever_it_stands() =>
        Prop.ForAll(
                Gen.Elements("0123456789abcdefXYZ-_~".ToCharArray())
                    .ListOf()
                    .Where(c => c.Count > 5)
                    .Select(string.Concat)
                    .ToArbitrary(),
                Gen.Elements("sig", "token", "X-Amz-Credential", "Policy", "N", "nn", "scope2", "").ToArbitrary(),
                (secret, key) =>
                {
                    var marked = $"S3CR3T{secret}";
                    var urls = new[]
                    {
                        $"https://{marked}@a.example/b",
                        $"https://u:{marked}@a.example/b",
                        $"https://a.example/b?{key}={marked}",
                        $"https://a.example/b?n=1&{key}=x={marked}",
                        $"https://a.example/b?{marked}",
                        $"https://a.example/b?{marked}=1",
                        $"https://a.example/b#{marked}",
                    };
                    return urls.All(url => !RedactedUrl.Of(new Uri(url)).Contains("S3CR3T", StringComparison.Ordinal));
                }
            )
            .QuickCheckThrowOnFailure();
}
