using FsCheck;
using FsCheck.Fluent;

namespace InfoMetis.Release.Tests;

/// <summary>States a law and has FsCheck look for a case that breaks it.</summary>
internal static class Law
{
    private const int Cases = 500;

    /// <summary>Texts of any characters, surrogates and controls included.</summary>
    public static Gen<string> AnyText { get; } =
        ArbMap.Default.GeneratorFor<char[]>().Select(characters => new string(characters));

    /// <summary>Texts of the characters that mean something where the law is stated: they get further than any text does.</summary>
    public static Gen<string> TextOf(string alphabet) =>
        Gen.Elements(alphabet.ToCharArray()).ArrayOf().Select(characters => new string(characters));

    public static void Holds<T>(Gen<T> cases, Action<T> law) =>
        Prop.ForAll(cases.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
}
