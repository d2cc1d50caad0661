using System.CommandLine;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>The argument that names one bundle.</summary>
internal static class BundlePaths
{
    public static Argument<string[]> Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "The folder of a bundle, its archive, or parts of that in any order",
            Arity = ArgumentArity.OneOrMore,
        };
        Words.RefuseOptions(paths);
        return paths;
    }
}
