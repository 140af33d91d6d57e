package setup

import (
	"context"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
)

// assetFile is an image in the org's content, as metadata keeps it.
type assetFile struct {
	name            string
	body, described []byte
}

var notInNames = regexp.MustCompile(`[^A-Za-z0-9]+`)

// newAsset makes an asset file of a chosen image, under a name that no other one has.
func newAsset(ctx context.Context, a *crm.Actor, in imageIn) (*assetFile, error) {
	file := path.Base(strings.ReplaceAll(in.FileName, `\`, "/"))
	base := strings.Trim(notInNames.ReplaceAllString(strings.TrimSuffix(file, path.Ext(file)), "_"), "_")
	if base == "" || base[0] >= '0' && base[0] <= '9' {
		base = "Image_" + base
	}
	base = strings.TrimRight(base[:min(len(base), 36)], "_")
	name := base
	for n := 1; ; n++ {
		_, taken, err := a.Component(ctx, "ContentAsset", name)
		if err != nil {
			return nil, err
		}
		if !taken {
			break
		}
		name = base + strconv.Itoa(n)
	}
	described := metadata.NewElement("ContentAsset",
		metadata.NewText("isVisibleByExternalUsers", "false"),
		metadata.NewText("language", "en_US"),
		metadata.NewText("masterLabel", name),
		metadata.NewElement("relationships", metadata.NewElement("organization", metadata.NewText("access", "VIEWER"))),
		metadata.NewElement("versions", metadata.NewElement("version", metadata.NewText("number", "1"), metadata.NewText("pathOnClient", file))))
	return &assetFile{name, in.Data, described.File()}, nil
}
