package setup

import (
	"encoding/binary"
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const good = `<callCenter>
<section sortOrder="0" name="reqGeneralInfo" label="General Information">
<item sortOrder="0" name="reqInternalName" label="InternalName">DemoCenter</item>
<item sortOrder="1" name="reqDisplayName" label="Display Name">Demo Center</item>
<item sortOrder="2" name="reqAdapterUrl" label="CTI Adapter URL">https://phone.example/softphone</item>
<item sortOrder="3" name="reqUseApi" label="Use CTI API">true</item>
<item sortOrder="4" name="reqSoftphoneHeight" label="Softphone Height">400</item>
<item sortOrder="5" name="reqSoftphoneWidth" label="Softphone Width">300</item>
</section>
<section sortOrder="1" name="reqDialingOptions" label="Dialing Options">
<item sortOrder="0" name="reqOutsidePrefix" label="Outside Prefix">9</item></section>
</callCenter>`

func TestReadImport(t *testing.T) {
	internal, d, err := readImport([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if internal != "DemoCenter" || d.DisplayName != "Demo Center" || d.InternalLabel != "InternalName" ||
		len(d.Sections) != 2 || len(d.Sections[0].Items) != 4 {
		t.Errorf("read %q %+v", internal, d)
	}
	source, err := d.source()
	if err != nil {
		t.Fatal(err)
	}
	var again definition
	if err := xml.Unmarshal(source, &again); err != nil || again.DisplayName != d.DisplayName || len(again.Sections) != 2 {
		t.Errorf("written and read again: %+v, %v", again, err)
	}
}

// Editors save files with byte-order marks, in UTF-16, or as their declaration says.
func TestImportsInTheEncodingsOfEditors(t *testing.T) {
	for name, source := range map[string][]byte{
		"an address with a port":  []byte(strings.Replace(good, "https://phone.example/", "https://phone.example:8443/", 1)),
		"UTF-8 with a mark":       append([]byte("\xEF\xBB\xBF"), good...),
		"UTF-16, low byte first":  utf16Of(binary.LittleEndian, `<?xml version="1.0" encoding="UTF-16"?>`+good),
		"UTF-16, high byte first": utf16Of(binary.BigEndian, good),
		"UTF-8 with a mark, whatever it declares": append([]byte("\xEF\xBB\xBF"),
			`<?xml version="1.0" encoding="ISO-8859-1"?>`+strings.Replace(good, "Demo Center", "Démo", 1)...),
		"Latin-1 by its declaration": []byte(`<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.Replace(good, "Demo Center", "D\xE9mo", 1)),
	} {
		t.Run(name, func(t *testing.T) {
			internal, d, err := readImport(source)
			if err != nil || internal != "DemoCenter" || d.DisplayName != "Demo Center" && d.DisplayName != "Démo" {
				t.Errorf("%q %q: %v", internal, d.DisplayName, err)
			}
		})
	}
}

func utf16Of(order binary.AppendByteOrder, text string) []byte {
	out := order.AppendUint16(nil, 0xFEFF)
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func TestImportsThatAreRefused(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"no XML", good, "hello", "EOF"},
		{"something behind it", "</callCenter>", "</callCenter><callCenter/>", "after the end"},
		{"text behind it", "</callCenter>", "</callCenter>more", "after the end"},
		{"a character that there is not", ">Demo Center<", ">Demo \ufffdenter<", "does not have"},
		{"another element", "callCenter>", "center>", "callCenter"},
		{"a document type", "<callCenter>", `<!DOCTYPE x [<!ENTITY a "b">]><callCenter>`, "document type"},
		{"a gap in sortOrder", `sortOrder="5"`, `sortOrder="7"`, "sortOrder"},
		{"sortOrder twice", `sortOrder="5"`, `sortOrder="4"`, "sortOrder"},
		{"a name with a dash", `name="reqOutsidePrefix"`, `name="req-Outside"`, "alphanumeric"},
		{"a reserved word", `name="reqOutsidePrefix"`, `name="sortOrder"`, "reserved"},
		{"a name twice", `name="reqSoftphoneWidth"`, `name="reqSoftphoneHeight"`, "unique"},
		{"an internal name that begins with a digit", "DemoCenter", "1Center", "begin with a letter"},
		{"no display name", ">Demo Center<", "><", "reqDisplayName"},
		{"no address", ">https://phone.example/softphone<", "><", "reqAdapterUrl"},
		{"an address without TLS", "https://phone.example", "http://phone.example", "https://"},
		{"an address with a port of letters", "https://phone.example/", "https://phone.example:port/", `invalid port ":port"`},
		{"an address that runs a script", "https://phone.example/softphone", "javascript:alert(1)", "https://"},
		{"a height that is no number", ">400<", ">tall<", "pixels"},
		{"a label that is too long", `label="Outside Prefix"`, `label="` + strings.Repeat("x", 1001) + `"`, "1,000"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := readImport([]byte(strings.Replace(good, tc.old, tc.new, 2)))
			refused, ok := errors.AsType[*schema.Error](err)
			if !ok || refused.Status != 400 || !strings.Contains(refused.Message, tc.want) {
				t.Errorf("got %v, want a refusal with %q", err, tc.want)
			}
		})
	}
}

func FuzzReadImport(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(`<callCenter><section sortOrder="0"/></callCenter>`))
	f.Fuzz(func(t *testing.T, source []byte) {
		internal, d, err := readImport(source)
		if err != nil {
			return
		}
		if !internalName.MatchString(internal) {
			t.Errorf("internal name %q was taken", internal)
		}
		if err := d.check(); err != nil {
			t.Errorf("what was taken is wrong: %v", err)
		}
	})
}
