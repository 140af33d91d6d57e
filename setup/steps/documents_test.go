package steps

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/setup/org"
)

const theirBar = `<?xml version="1.0" encoding="UTF-8"?>
<!-- ours since 2019 -->
<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata">
    <flexiPageRegions>
        <name>backgroundComponents</name>
        <type>Background</type>
    </flexiPageRegions>
    <flexiPageRegions>
        <itemInstances>
            <componentInstance>
                <componentName>lightning:history</componentName>
                <identifier>history</identifier>
            </componentInstance>
        </itemInstances>
        <name>utilityItems</name>
        <type>Region</type>
    </flexiPageRegions>
    <masterLabel>Desk &amp; phone</masterLabel>
    <type>UtilityBar</type>
</FlexiPage>
`

func TestSoftphoneGoesIntoTheirBarAndOutAgain(t *testing.T) {
	with, err := addItem(org.Document(theirBar), softphone)
	if err != nil {
		t.Fatal(err)
	}
	items, _, err := utilityItems(with, softphoneItem)
	if err != nil || len(items) != 1 {
		t.Fatalf("%d softphones, %v in\n%s", len(items), err, with)
	}
	history, phone := strings.Index(string(with), "lightning:history"), strings.Index(string(with), softphoneItem)
	if history < 0 || phone < history {
		t.Errorf("the softphone is not the last item of\n%s", with)
	}
	without, changed, err := cutItem(softphoneItem)(with)
	if err != nil || !changed || string(without) != theirBar {
		t.Errorf("taken out (%v, %v) it reads\n%s", changed, err, without)
	}
}

func TestTabAndBarOfTheirApp(t *testing.T) {
	const app = `<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>Service Console</label>
    <navType>Console</navType>
    <tabs>standard-Case</tabs>
    <uiType>Lightning</uiType>
    <workspaceConfig>
        <mappings>
            <tab>standard-Case</tab>
        </mappings>
    </workspaceConfig>
</CustomApplication>`
	with, err := addTab(org.Document(app), adapterTab)
	if err != nil {
		t.Fatal(err)
	}
	if with, err = with.SetChild("utilityBar", ownBar, "uiType"); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(app, "<tabs>standard-Case</tabs>", "<tabs>standard-Case</tabs>\n    <tabs>AC_CtiAdapter__c</tabs>", 1)
	want = strings.Replace(want, "        </mappings>",
		"        </mappings>\n        <mappings>\n            <tab>AC_CtiAdapter__c</tab>\n        </mappings>", 1)
	want = strings.Replace(want, "</uiType>", "</uiType>\n    <utilityBar>Patchcord_UtilityBar</utilityBar>", 1)
	if string(with) != want {
		t.Fatalf("got\n%s\nwant\n%s", with, want)
	}
	bar := cutChild("utilityBar", ownBar)
	for what, take := range map[string]cut{"tab": cutTab(adapterTab), "utility bar": bar} {
		changed := false
		if with, changed, err = take(with); err != nil || !changed {
			t.Fatalf("without the %s: %v, %v", what, changed, err)
		}
	}
	if string(with) != app {
		t.Errorf("taken out it reads\n%s", with)
	}
	if _, changed, err := bar(with); changed || err != nil {
		t.Errorf("a second time: %v, %v", changed, err)
	}
}

func TestOurConsoleIsShownByTheSetsAndHiddenAgain(t *testing.T) {
	const set = `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <applicationVisibilities>
        <application>Desk</application>
        <visible>true</visible>
    </applicationVisibilities>
    <label>Theirs too</label>
</PermissionSet>`
	change, err := visible("AC_Agent", set)
	if err != nil || len(change.Made) != 1 {
		t.Fatalf("%+v, %v", change, err)
	}
	with := org.Document(change.Deploy.File(setFile("AC_Agent")))
	shown, err := visibility(with, ownConsole)
	if err != nil || shown == nil || string(with.Cut(*shown)) != set {
		t.Errorf("%v, %v in\n%s", shown, err, with)
	}
	if again, err := visible("AC_Agent", with); err != nil || again.Deploy != nil {
		t.Errorf("a second time: %+v, %v", again, err)
	}
	if theirs, err := visibility(set, ownConsole); theirs != nil || err != nil {
		t.Errorf("their app counts as ours: %v, %v", theirs, err)
	}
}

func TestCallCenterItem(t *testing.T) {
	const centre = `<CallCenter><adapterUrl>/apex/Old</adapterUrl><sections>` +
		`<items><name>reqAdapterUrl</name><value>/apex/Old</value></items>` +
		`<items><name>reqSoftphoneHeight</name><value>300</value></items></sections></CallCenter>`
	for _, tc := range []struct{ name, item, value, want string }{
		{"a height", "reqSoftphoneHeight", "570", strings.Replace(centre, "300", "570", 1)},
		{"the address stands twice", "reqAdapterUrl", "/apex/New?a=1&b=2", strings.ReplaceAll(centre, "/apex/Old", "/apex/New?a=1&amp;b=2")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := setItem(org.Document(centre), tc.item, tc.value)
			if err != nil || string(got) != tc.want {
				t.Errorf("got  %s (%v)\nwant %s", got, err, tc.want)
			}
		})
	}
	const repeated = `<CallCenter>` +
		`<customSettings>{"reqSoftphoneHeight":"300","reqUseApi":"true"}</customSettings><sections>` +
		`<items><name>reqSoftphoneHeight</name><value>300</value></items></sections></CallCenter>`
	values := func(d org.Document) string {
		all, err := valuesOf(d, "reqSoftphoneHeight")
		if err != nil {
			t.Error(err)
		}
		return strings.Join(all, " ")
	}
	got, err := setItem(repeated, "reqSoftphoneHeight", "570")
	kept := strings.Contains(string(got), "reqUseApi")
	if err != nil || values(repeated) != "300 300" || values(got) != "570 570" || !kept {
		t.Errorf("an item in section and settings became %s (%v)", got, err)
	}
	if _, err := setItem(org.Document(centre), "reqTimeout", "1"); err == nil {
		t.Error("an item that is not there was set")
	}
}

// What comes from the org is read with care: nothing of it may end the program or grow without bound.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{
		theirBar, appXML, barXML([]barItem{softphone}), "<a>", "</a>", "<a><b></a></b>", strings.Repeat("<a>", 200), "<a/><b/>",
		"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := org.Document(text)
		if with, err := addItem(d, softphone); err == nil {
			before, _, _ := utilityItems(d, softphoneItem)
			after, _, err := utilityItems(with, softphoneItem)
			if err != nil || len(after) != len(before)+1 {
				t.Errorf("%d softphones became %d (%v)", len(before), len(after), err)
			}
		}
		if with, err := addTab(d, "T__c"); err == nil {
			if _, changed, err := cutTab("T__c")(with); err != nil || !changed {
				t.Errorf("the tab does not go out again: %v, %v in %q", changed, err, with)
			}
		}
	})
}

func TestFramingKeepsTheirDomains(t *testing.T) {
	const theirs = `<IframeWhiteListUrlSettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <iframeWhiteListUrls>
        <context>Surveys</context>
        <url>https://x.lightning.force.com</url>
    </iframeWhiteListUrls>
</IframeWhiteListUrlSettings>`
	const console = "https://x.lightning.force.com"
	sample := org.Document(strings.ReplaceAll(theirs, "iframeWhiteListUrls>", "iframeWhiteListUrl>"))
	if added, err := addFrame(sample, console); err != nil || strings.Contains(string(added), "iframeWhiteListUrls>") {
		t.Errorf("beside entries of another name (%v):\n%s", err, added)
	} else if e, err := frame(added, console); e == nil || err != nil {
		t.Errorf("under the other name it is not found (%v)", err)
	}
	if e, err := frame(org.Document(theirs), console); e != nil || err != nil {
		t.Fatalf("an entry of another context counts: %v, %v", e, err)
	}
	with, err := addFrame(org.Document(theirs), console)
	if err != nil {
		t.Fatal(err)
	}
	if e, err := frame(with, console); e == nil || err != nil {
		t.Fatalf("not there (%v) in\n%s", err, with)
	}
	if without, changed, err := cutFrame(console)(with); err != nil || !changed || string(without) != theirs {
		t.Errorf("taken out (%v, %v) it reads\n%s", changed, err, without)
	}
	session := func(text string) string {
		return "<SecuritySettings><sessionSettings>" + text + "</sessionSettings></SecuritySettings>"
	}
	for text, want := range map[string]bool{
		"": false, "<SecuritySettings/>": false,
		session("<enableClickjackNonsetupUserHeaderless>false</enableClickjackNonsetupUserHeaderless>"): false,
		session("<enableClickjackNonsetupUserHeaderless>true</enableClickjackNonsetupUserHeaderless>"):  true,
	} {
		if got, err := protects(org.Document(text)); got != want || err != nil {
			t.Errorf("protects(%q) = %v, %v", text, got, err)
		}
	}
}
