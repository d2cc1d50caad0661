using System.Text;

namespace InfoMetis.Release.Cli.Demonstration;

/// <summary>Sets what a step says apart from what the demo says.</summary>
internal sealed class IndentedWriter(TextWriter inner) : TextWriter
{
    private const string Margin = "    ";

    private bool _isAtStart = true;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (_isAtStart && value != '\n')
            inner.Write(Margin);
        inner.Write(value);
        _isAtStart = value == '\n';
    }

    public override void Flush() => inner.Flush();
}
