package sfdx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// unzip reads an archive into path → content.
func unzip(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		_ = rc.Close()
		files[f.Name] = string(body)
	}
	return files
}

func TestArchive(t *testing.T) {
	archive, err := Archive()
	if err != nil {
		t.Fatal(err)
	}
	files := unzip(t, archive)

	t.Run("every XML file is well formed", func(t *testing.T) {
		for name, body := range files {
			if strings.HasSuffix(name, ".resource") || strings.HasSuffix(name, ".js") {
				continue
			}
			d := xml.NewDecoder(strings.NewReader(body))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil && !strings.HasSuffix(name, ".page") {
					t.Fatalf("%s: %v", name, err)
				} else if err != nil {
					break
				}
			}
		}
	})
	t.Run("package.xml lists what the guide names", func(t *testing.T) {
		var doc packageXML
		if err := xml.Unmarshal([]byte(files["package.xml"]), &doc); err != nil {
			t.Fatal(err)
		}
		listed := map[string][]string{}
		for _, kind := range doc.Types {
			listed[kind.Name] = kind.Members
		}
		for kind, want := range map[string]string{
			"PermissionSet": "AC_Administrator", "ApexPage": "AC_LightningAdapter", "CallCenter": "ACLightningAdapter",
			"CustomObject": "AC_CtiAdapter__c", "CustomField": "AC_CtiAdapter__c.Call_Center_Definition_Name__c",
			"CustomTab": "AC_CtiAdapter__c", "StaticResource": "PatchcordSoftphone", "ListView": "AC_CtiAdapter__c.All",
			"AuraDefinitionBundle": "AC_Desk", "LightningMessageChannel": "AC_Desk",
		} {
			if !slices.Contains(listed[kind], want) {
				t.Errorf("%s: %v lacks %s", kind, listed[kind], want)
			}
		}
	})
	t.Run("all files of a component stand in its folder", func(t *testing.T) {
		for _, name := range []string{".cmp", ".cmp-meta.xml", ".design", ".svg", "Controller.js", "Helper.js"} {
			if files["aura/AC_Desk/AC_Desk"+name] == "" {
				t.Errorf("no aura/AC_Desk/AC_Desk%s", name)
			}
		}
		if files["messageChannels/AC_Desk.messageChannel"] == "" {
			t.Error("the component has no message channel")
		}
	})
	t.Run("fields stand inside their object", func(t *testing.T) {
		object := files["objects/AC_CtiAdapter__c.object"]
		if strings.Count(object, "<fields>") != 24 || strings.Count(object, "<listViews>") != 1 {
			t.Errorf("%d fields and %d list views in\n%s", strings.Count(object, "<fields>"), strings.Count(object, "<listViews>"), object)
		}
	})
	t.Run("the same source gives the same bytes", func(t *testing.T) {
		again, err := Archive()
		if err != nil || !bytes.Equal(archive, again) {
			t.Errorf("second archive differs (err %v)", err)
		}
	})
}

func TestBundleRefusesAnUnknownFolder(t *testing.T) {
	_, err := bundle(fstest.MapFS{"triggers/X.trigger": {}}, map[string]fs.FS{})
	if err == nil || !strings.Contains(err.Error(), "triggers") {
		t.Errorf("err = %v", err)
	}
}
