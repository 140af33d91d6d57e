package org

import "testing"

const app = `<App>
    <label>Desk &amp; phone</label>
    <!-- ours since 2019 -->
    <tabs>Case</tabs>
    <tabs>Contact</tabs>
</App>`

func TestADocumentIsEditedInPlace(t *testing.T) {
	d := Document(app)
	root, err := d.Root()
	if err != nil {
		t.Fatal(err)
	}
	tabs, err := d.Below(root, "tabs")
	if err != nil || len(tabs) != 2 || d.Text(tabs[1]) != "Contact" {
		t.Fatalf("%+v, %v", tabs, err)
	}
	for _, tc := range []struct {
		name string
		got  Document
		want string
	}{
		{"an element is taken out with its line", d.Cut(tabs[1]), app[:tabs[0].End] + "\n</App>"},
		{"text is escaped", d.Replace(tabs[1], "A & B"), app[:tabs[1].From] + "A &amp; B" + app[tabs[1].To:]},
		{"what is put in has its own line", d.Insert(tabs[1].End, "    <x/>"), app[:tabs[1].End] + "\n    <x/>" + app[tabs[1].End:]},
	} {
		if string(tc.got) != tc.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tc.name, tc.got, tc.want)
		}
	}
	with, err := d.SetChild("bar", "B", "uiType", "label")
	if want := app[:len("<App>\n    <label>Desk &amp; phone</label>")] + "\n    <bar>B</bar>"; err != nil || string(with[:len(want)]) != want {
		t.Errorf("%v in\n%s", err, with)
	}
	if again, err := with.SetChild("bar", "C", "label"); err != nil || len(again) != len(with) {
		t.Errorf("set twice: %v in\n%s", err, again)
	}
}

func TestDamagedDocumentsAreRefused(t *testing.T) {
	for _, text := range []string{"", "<a>", "</a>", "<a></b></a></a>", "<a/><b/>"} {
		if _, err := Document(text).Root(); err == nil {
			t.Errorf("%q has a root", text)
		}
	}
}
