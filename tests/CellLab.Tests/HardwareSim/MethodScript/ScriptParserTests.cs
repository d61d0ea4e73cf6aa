using CellLab.HardwareSim.MethodScript.Language;

namespace CellLab.Tests.HardwareSim.MethodScript;

public sealed class ScriptParserTests
{
    private const string GittStep = """
        var t
        var p
        var c
        set_pgstat_chan 0
        set_pgstat_mode 6
        set_max_bandwidth 10
        set_range ab 6
        set_autoranging ab 6 6
        set_range db 100u
        set_i 0
        cell_on
        timer_start
        meas_loop_cp p c 25u 1 600
        timer_get t
        pck_start
        pck_add t
        pck_add p
        pck_add c
        pck_end
        if p > 4800m
        breakloop
        endif
        endloop
        cell_off
        meas_loop_ocp p 10 3600
        endloop
        on_finished:
        cell_off
        """;

    [Theory]
    [InlineData(GittStep)]
    [InlineData("var f\nvar r\nvar j\nvar o\nset_pgstat_mode 3\nset_range ba 1m\nset_autoranging ba 100n 10m\ncell_off\nmeas_loop_ocp o 500m 10\nendloop\nset_e o\ncell_on\nmeas_loop_eis f r j 10m 100k 10m 71i o\nendloop\non_finished:\ncell_off")]
    [InlineData("var p\nvar c\nset_range_minmax da 2000m 4800m\nset_e 3000m # comment\nmeas_loop_cv p c 3000m 4800m 2000m 1m 100u nscans(3)\nendloop")]
    [InlineData("var i\nstore_var i 0i ja\nloop i < 3i\nadd_var i 1i\n  if i == 2i\n breakloop\nelseif i > 0xFF\nabort\nelse\nsend_string \"two words\"\nendif\nendloop")]
    [InlineData("")]
    public void A_correct_script_is_accepted(string text) => Assert.NotNull(ScriptParser.Parse(text.Split('\n')));

    [Theory]
    [InlineData("var t\nnonsense 1", 0x4001, 2, 1)]
    [InlineData("var t\n  nonsense 1", 0x4001, 2, 3)]
    [InlineData("store_var x 1 ja", 0x420B, 1, 11)]
    [InlineData("set_e 1.5", 0x4004, 1, 7)]
    [InlineData("set_e", 0x0007, 1, 1)]
    [InlineData("cell_on 5", 0x420A, 1, 9)]
    [InlineData("var a\nvar a", 0x4026, 2, 5)]
    [InlineData("var A", 0x402B, 1, 5)]
    [InlineData("var p\nmeas_loop_ocp p 1 2\nmeas_loop_ocp p 1 2\nendloop\nendloop", 0x400B, 3, 1)]
    [InlineData("var p\nmeas_loop_ocp p 1 2\nset_e 1", 0x4032, 3, 1)]
    [InlineData("var p\nmeas_loop_ocp p 1 2\nset_i 1", 0x4033, 3, 1)]
    [InlineData("var p\nmeas_loop_ocp p 1 2", 0x4018, 2, 1)]
    [InlineData("endif", 0x400D, 1, 1)]
    [InlineData("var p\nmeas_loop_ocp p 1 2 nscans(2)\nendloop", 0x4008, 2, 21)]
    [InlineData("set_range current 1m", 0x4209, 1, 11)]
    public void A_wrong_script_is_refused_with_code_line_and_column(string text, int code, int line, int column)
    {
        var fault = Assert.Throws<ScriptFault>(() => ScriptParser.Parse(text.Split('\n')));
        Assert.Equal((code, line, column), (fault.Code, fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("100m", 0.1)]
    [InlineData("4800m", 4.8)]
    [InlineData("200k", 200e3)]
    [InlineData("-25u", -25e-6)]
    [InlineData("0xFF", 255)]
    [InlineData("0b11", 3)]
    [InlineData("71i", 71)]
    [InlineData("1M", 1e6)]
    public void Literals_are_whole_numbers_with_a_prefix(string text, double value) => Assert.Equal(value, ScriptValue.TryLiteral(text)!.Value.Number);

    [Theory]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1x")]
    [InlineData("1 ")]
    public void Everything_else_is_no_number(string text) => Assert.Null(ScriptValue.TryLiteral(text));
}
