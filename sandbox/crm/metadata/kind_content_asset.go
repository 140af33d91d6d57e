package metadata

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// contentAsset is a file of the org's content, such as the image of an app.
func contentAsset() kind {
	return kind{
		name: "ContentAsset", folder: "contentassets", suffix: ".asset", turn: 2, content: true,
		label: "asset file", section: "Asset Files", install: (*installer).installAsset,
	}
}

const maxAsset = 5 << 20

func (in *installer) installAsset(_ context.Context, p part, e *element, _ *records.Component) error {
	switch {
	case !p.hasBody:
		return bad(e, "the file %s is missing", p.file)
	case len(p.body) > maxAsset:
		return bad(e, "Maximum size for an asset file is 5 MB")
	}
	return nil
}
