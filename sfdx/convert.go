package sfdx

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

const metaSuffix = "-meta.xml"

// kinds maps a folder to the metadata type of its files. Source: Metadata API developer guide, folder of each type.
var kinds = map[string]string{
	"aura":                     "AuraDefinitionBundle",
	"callCenters":              "CallCenter",
	"corsWhitelistOrigins":     "CorsWhitelistOrigin",
	"cspTrustedSites":          "CspTrustedSite",
	"externalClientApps":       AppHeader.Type,
	"extlClntAppOauthPolicies": AppPolicies.Type,
	"extlClntAppOauthSettings": AppSettings.Type,
	"globalValueSets":          "GlobalValueSet",
	"layouts":                  "Layout",
	"messageChannels":          "LightningMessageChannel",
	"objects":                  "CustomObject",
	"pages":                    "ApexPage",
	"permissionsets":           "PermissionSet",
	"staticresources":          "StaticResource",
	"tabs":                     "CustomTab",
}

// children maps a folder below an object to the element its files become and the type they are listed under.
var children = map[string]struct{ element, kind string }{
	"fields":    {"fields", "CustomField"},
	"listViews": {"listViews", "ListView"},
}

// bundle turns components in source format into what the Metadata API takes. A static resource whose folder is in resources takes
// its content from there. Files named .keep are left out.
func bundle(components fs.FS, resources map[string]fs.FS) (Bundle, error) {
	out := Bundle{}
	folders, err := fs.ReadDir(components, ".")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		name := folder.Name()
		kind, known := kinds[name]
		if !known {
			return nil, fmt.Errorf("folder %s: no metadata type known for it", name)
		}
		sub, err := fs.Sub(components, name)
		if err != nil {
			return nil, err
		}
		switch name {
		case "aura":
			err = convertFolders(sub, name, kind, out)
		case "objects":
			err = convertObjects(sub, out)
		case "staticresources":
			err = convertResources(sub, resources, out)
		default:
			err = convertPlain(sub, name, kind, out)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

// convertPlain copies one file per component; a file with content beside its description keeps both.
func convertPlain(folder fs.FS, name, kind string, out Bundle) error {
	files, err := fs.ReadDir(folder, ".")
	if err != nil {
		return err
	}
	for _, file := range files {
		body, err := fs.ReadFile(folder, file.Name())
		if err != nil {
			return err
		}
		content, described := strings.CutSuffix(file.Name(), metaSuffix)
		target := file.Name()
		if described {
			if _, err := fs.Stat(folder, content); err != nil {
				target = content
			}
			fullName := strings.TrimSuffix(content, path.Ext(content))
			out.Add(kind, fullName, path.Join(name, target), body)
			continue
		}
		out.AddFile(path.Join(name, target), body)
	}
	return nil
}

// convertFolders copies one folder per component: all its files belong together, and one of them describes it.
func convertFolders(folder fs.FS, name, kind string, out Bundle) error {
	return fs.WalkDir(folder, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(folder, file)
		if err != nil {
			return err
		}
		if strings.HasSuffix(file, metaSuffix) {
			out.Add(kind, path.Dir(file), path.Join(name, file), body)
		} else {
			out.AddFile(path.Join(name, file), body)
		}
		return nil
	})
}

// convertObjects merges an object's fields and list views into one file.
func convertObjects(folder fs.FS, out Bundle) error {
	objects, err := fs.ReadDir(folder, ".")
	if err != nil {
		return err
	}
	for _, object := range objects {
		name := object.Name()
		head, err := fs.ReadFile(folder, path.Join(name, name+".object"+metaSuffix))
		if err != nil {
			return err
		}
		body, end, found := strings.Cut(string(head), "</CustomObject>")
		if !found {
			return fmt.Errorf("%s: not a CustomObject", name)
		}
		var merged strings.Builder
		merged.WriteString(body)
		for _, kind := range slices.Sorted(childFolders()) {
			files, err := fs.Glob(folder, path.Join(name, kind, "*"+metaSuffix))
			if err != nil {
				return err
			}
			for _, file := range files {
				text, err := fs.ReadFile(folder, file)
				if err != nil {
					return err
				}
				inner, err := rootBody(string(text))
				if err != nil {
					return fmt.Errorf("%s: %w", file, err)
				}
				element := children[kind].element
				fmt.Fprintf(&merged, "    <%s>%s</%s>\n", element, inner, element)
				short, _, _ := strings.Cut(path.Base(file), ".")
				out.Member(children[kind].kind, name+"."+short)
			}
		}
		merged.WriteString("</CustomObject>" + end)
		out.Add("CustomObject", name, "objects/"+name+".object", []byte(merged.String()))
	}
	return nil
}

func childFolders() func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range children {
			if !yield(name) {
				return
			}
		}
	}
}

// convertResources zips the folder of each static resource.
func convertResources(folder fs.FS, contents map[string]fs.FS, out Bundle) error {
	descriptions, err := fs.Glob(folder, "*.resource"+metaSuffix)
	if err != nil {
		return err
	}
	for _, file := range descriptions {
		name := strings.TrimSuffix(file, ".resource"+metaSuffix)
		description, err := fs.ReadFile(folder, file)
		if err != nil {
			return err
		}
		content, given := contents[name]
		if !given {
			if content, err = fs.Sub(folder, name); err != nil {
				return err
			}
		}
		archive, err := zipFolder(content)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		out.Add("StaticResource", name, "staticresources/"+file, description)
		out.AddFile("staticresources/"+name+".resource", archive)
	}
	return nil
}

// rootBody is what stands between the root element's tags.
func rootBody(text string) (string, error) {
	if _, rest, found := strings.Cut(text, "?>"); found {
		text = rest
	}
	_, rest, open := strings.Cut(text, ">")
	end := strings.LastIndex(rest, "</")
	if !open || end < 0 {
		return "", fmt.Errorf("no root element")
	}
	return strings.TrimRight(rest[:end], " \n"), nil
}
