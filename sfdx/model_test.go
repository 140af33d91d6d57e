package sfdx

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"
)

type objectFile struct {
	Label  string `xml:"label"`
	Plural string `xml:"pluralLabel"`
	Kind   string `xml:"customSettingsType"`
	Fields []struct {
		Name     string `xml:"fullName"`
		Label    string `xml:"label"`
		Type     string `xml:"type"`
		Required bool   `xml:"required"`
		Relation string `xml:"relationshipName"`
		Parent   string `xml:"referenceTo"`
	} `xml:"fields"`
	Views []struct {
		Name    string   `xml:"fullName"`
		Columns []string `xml:"columns"`
	} `xml:"listViews"`
}

type setFile struct {
	Objects []struct {
		Object  string `xml:"object"`
		Read    bool   `xml:"allowRead"`
		Edit    bool   `xml:"allowEdit"`
		ViewAll bool   `xml:"viewAllRecords"`
	} `xml:"objectPermissions"`
	Fields []struct {
		Field string `xml:"field"`
		Edit  bool   `xml:"editable"`
		Read  bool   `xml:"readable"`
	} `xml:"fieldPermissions"`
	Pages []struct {
		Page string `xml:"apexPage"`
	} `xml:"pageAccesses"`
}

// model is the package's objects and permission sets by name.
func model(t *testing.T) (objects map[string]objectFile, sets map[string]setFile, files map[string]string) {
	t.Helper()
	archive, err := Archive()
	if err != nil {
		t.Fatal(err)
	}
	objects, sets, files = map[string]objectFile{}, map[string]setFile{}, unzip(t, archive)
	for name, body := range files {
		if object, ok := strings.CutPrefix(name, "objects/"); ok {
			var o objectFile
			if err := xml.Unmarshal([]byte(body), &o); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			objects[strings.TrimSuffix(object, ".object")] = o
		}
		if set, ok := strings.CutPrefix(name, "permissionsets/"); ok {
			var s setFile
			if err := xml.Unmarshal([]byte(body), &s); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			sets[strings.TrimSuffix(set, ".permissionset")] = s
		}
	}
	return objects, sets, files
}

func TestObjectsAreWithinThePlatformsLimits(t *testing.T) {
	objects, _, files := model(t)
	if len(objects) != 17 {
		t.Errorf("%d objects", len(objects))
	}
	lists := map[string]string{} // parent and relationship to the field that has it
	for name, o := range objects {
		if o.Kind == "" && (len(o.Label) > 40 || len(o.Plural) > 40 || o.Plural == "") {
			t.Errorf("%s: label %q, plural %q", name, o.Label, o.Plural)
		}
		if o.Kind == "" && (len(o.Views) != 1 || !slices.ContainsFunc(layouts(files),
			func(l string) bool { return strings.HasPrefix(l, name+"-AC ") })) {
			t.Errorf("%s: %d list views, or no layout", name, len(o.Views))
		}
		var fields []string
		for _, f := range o.Fields {
			fields = append(fields, f.Name)
			if len(strings.TrimSuffix(f.Name, "__c")) > 40 || len(f.Label) > 40 || f.Label == "" {
				t.Errorf("%s.%s: name or label %q too long", name, f.Name, f.Label)
			}
			if f.Relation == "" {
				continue
			}
			if other := lists[f.Parent+"."+f.Relation]; other != "" {
				t.Errorf("%s.%s and %s give %s the same list %s", name, f.Name, other, f.Parent, f.Relation)
			}
			lists[f.Parent+"."+f.Relation] = name + "." + f.Name
		}
		for _, v := range o.Views {
			for _, c := range v.Columns {
				if strings.HasSuffix(c, "__c") && !slices.Contains(fields, c) {
					t.Errorf("%s: list view %s shows %s", name, v.Name, c)
				}
			}
		}
	}
}

func layouts(files map[string]string) []string {
	var names []string
	for name := range files {
		if layout, ok := strings.CutPrefix(name, "layouts/"); ok {
			names = append(names, layout)
		}
	}
	return names
}

// The platform refuses rights on required and master-detail fields, and gives nobody a field that no set names.
func TestSetsNameEveryFieldThatTheyMayName(t *testing.T) {
	objects, sets, _ := model(t)
	for name, pages := range map[string]int{"AC_Administrator": 1, "AC_Manager": 1, "AC_Agent": 1, "AC_Integration": 0} {
		set := sets[name]
		given := map[string]bool{} // field to editable
		for _, f := range set.Fields {
			given[f.Field] = f.Edit
			if !f.Read {
				t.Errorf("%s: %s cannot be read", name, f.Field)
			}
		}
		want := 0
		for _, o := range set.Objects {
			for _, f := range objects[o.Object].Fields {
				edit, named := given[o.Object+"."+f.Name]
				fixed := f.Required || f.Type == "MasterDetail"
				if named == fixed || named && edit != o.Edit {
					t.Errorf("%s: %s.%s named %v, required %v, editable %v", name, o.Object, f.Name, named, fixed, edit)
				}
				if !fixed {
					want++
				}
			}
		}
		if len(given) != want {
			t.Errorf("%s names %d fields, its objects have %d", name, len(given), want)
		}
		if len(set.Pages) != pages || pages == 1 && set.Pages[0].Page != "AC_LightningAdapter" {
			t.Errorf("%s: pages %v", name, set.Pages)
		}
	}
}

// TestSetsGiveTheMasterOfEachDetail: a real org refuses the whole package otherwise ("Permission Read All … depends on
// permission(s): Read All …").
func TestSetsGiveTheMasterOfEachDetail(t *testing.T) {
	objects, sets, _ := model(t)
	for name, set := range sets {
		read, viewAll := map[string]bool{}, map[string]bool{}
		for _, o := range set.Objects {
			read[o.Object], viewAll[o.Object] = o.Read, o.ViewAll
		}
		for detail, o := range objects {
			for _, f := range o.Fields {
				if f.Type != "MasterDetail" {
					continue
				}
				if read[detail] && !read[f.Parent] || viewAll[detail] && !viewAll[f.Parent] {
					t.Errorf("%s gives on %s what it does not give on its master %s", name, detail, f.Parent)
				}
			}
		}
	}
}

func TestProjectNamesThePackage(t *testing.T) {
	_, _, files := model(t)
	for _, want := range []string{"callCenters/ACLightningAdapter.callCenter", "pages/AC_LightningAdapter.page",
		"globalValueSets/AC_CtiScriptSource.globalValueSet", "cspTrustedSites/Amazon_Connect.cspTrustedSite"} {
		if files[want] == "" {
			t.Errorf("no %s", want)
		}
	}
	for _, size := range []string{"<name>reqSoftphoneHeight</name>\n            <value>570<",
		"<name>reqSoftphoneWidth</name>\n            <value>330<"} {
		if !strings.Contains(files["callCenters/ACLightningAdapter.callCenter"], size) {
			t.Errorf("call center lacks %s", size)
		}
	}
}
