using System.Text;
using CellLab.Drivers.Neware.Wire;
using FsCheck;
using FsCheck.Fluent;
using XmlConvert = System.Xml.XmlConvert;

namespace CellLab.Tests.Drivers.Neware;

public sealed class XmlTextTests
{
    [Fact]
    public void Escaped_text_is_decoded_to_what_it_was()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            string sound = new([.. text.Get.Where(c => XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))]);
            return XmlText.Decode(Encoding.UTF8.GetBytes(XmlText.Escape(sound))) == sound;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("&#228;&#x96FB;&#x6C60;", "ä電池")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("R&D; &unknown; &", "R&D; &unknown; &")]
    [InlineData("&#0;&#xD800;&#99999999999;", "\0&#xD800;&#99999999999;")]
    public void Entities_are_resolved_and_what_is_none_is_left(string raw, string expected)
    {
        Assert.Equal(expected, XmlText.Decode(Encoding.UTF8.GetBytes(raw)));
    }

    [Fact]
    public void Bytes_that_are_not_utf_8_do_not_make_a_reply_unreadable()
    {
        Assert.Equal("a\uFFFDb", XmlText.Decode([(byte)'a', 0xB5, (byte)'b']));
    }
}
