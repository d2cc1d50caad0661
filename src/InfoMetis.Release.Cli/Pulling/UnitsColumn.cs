using Spectre.Console;
using Spectre.Console.Rendering;

namespace InfoMetis.Release.Cli.Pulling;

/// <summary>Says what <see cref="Units"/> says everywhere else; the columns of Spectre.Console call 1,048,576 bytes a MB.</summary>
internal sealed class UnitsColumn(Func<ProgressTask, string> text) : ProgressColumn
{
    public static UnitsColumn Size { get; } =
        new(task => $"{Units.Bytes((long)task.Value)} of {Units.Bytes((long)task.MaxValue)}");

    public static UnitsColumn Rate { get; } =
        new(task => task.Speed is { } speed ? $"{Units.Bytes((long)speed)}/s" : "");

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(text(task)).RightJustified();
}
