package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
)

// Methods counts, for each type of ours, the methods that its own files declare: by folder and name, such as
// adapter/socket/Hub. Tests' do not
// count, nor do those that an embedded type brings.
func Methods(root string, files []File) (map[string]int, error) {
	count := map[string]int{}
	for _, f := range files {
		if f.Test {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(f.Path)), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range parsed.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil {
				count[path.Join(f.Package, receiverType(fn.Recv.List[0].Type))]++
			}
		}
	}
	return count, nil
}

// receiverType names the type of a method, whether or not it is a pointer or has type parameters.
func receiverType(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverType(e.X)
	case *ast.IndexExpr:
		return receiverType(e.X)
	case *ast.IndexListExpr:
		return receiverType(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
