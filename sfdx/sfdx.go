// Package sfdx carries the Salesforce package in source format and turns it into the archive that the Metadata API takes.
//
// Read first: Archive, Convert, Bundle. It knows the layout of a Salesforce DX project and nothing of orgs or adapters.
package sfdx

import (
	"embed"
	"io/fs"

	"github.com/patchcord/patchcord/softphone"
)

//go:embed all:force-app all:client-app
var source embed.FS

// root is where the default package directory keeps its components.
const root = "force-app/main/default"

// APIVersion is the version the components are written for.
const APIVersion = "67.0"

// Name is what the package is called in an org's list of installed packages.
const Name = "Amazon Connect -- Universal Package"

// Archive is the package as a Metadata API archive (single package, package.xml at its root), the built softphone page included.
func Archive() ([]byte, error) {
	all, err := Package()
	if err != nil {
		return nil, err
	}
	return all.Archive()
}

// Package is Archive before it is packed: its files may be edited, and more put beside them.
func Package() (Bundle, error) {
	components, err := fs.Sub(source, root)
	if err != nil {
		return nil, err
	}
	page, err := fs.Sub(softphone.Dist, "dist")
	if err != nil {
		return nil, err
	}
	return bundle(components, map[string]fs.FS{"PatchcordSoftphone": page})
}

// File is one component's file as an archive would hold it.
func File(name string) ([]byte, error) { return fs.ReadFile(source, root+"/"+name+metaSuffix) }
