// The repairs to tslab's own source. tslab is pinned, and every edit must match exactly once: a tslab that
// differs from the one these edits were written for must stop here, not behave strangely later.
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')

/** The only tslab version that the edits below were written for. */
const REQUIRED_VERSION = '1.0.22'

const PROJECT = `require(${JSON.stringify(path.join(__dirname, 'cell-project.cjs'))})`

/** @typedef {{why: string, find: string, replace: string}} Edit */

/** @type {Record<string, Edit[]>} */
const EDITS = {
  'converter.js': [
    {
      why: 'strict types, package "exports", and no stray global types from every @types package',
      find: 'moduleResolution: ts.ModuleResolutionKind.Node10,',
      replace:
        'moduleResolution: ts.ModuleResolutionKind.Bundler, strict: true, alwaysStrict: false, types: ["node"], sourceMap: true,',
    },
    { why: 'the library level of tsconfig.json', find: 'lib: ["es2022"] }', replace: 'lib: ["es2023"] }' },
    {
      why: 'await and for await at the top of a cell are parsed as such, also `await (x)`',
      find: 'disableTopLevelAwait: true,',
      replace: '',
    },
    {
      why: 'a program over the cell and the files it imports, in place of a file-watching compiler',
      find: 'const host = ts.createWatchCompilerHost(Array.from(rootFiles), {',
      replace: `const host = ${PROJECT}.describeProject(Array.from(rootFiles), {`,
    },
    {
      why: 'the same',
      find: 'const watch = ts.createWatchProgram(host);',
      replace: `const watch = ${PROJECT}.createCellProject(ts, host, { cell: srcFilename, previous: declFilename });`,
    },
    {
      why: 'the same',
      find: `        notifyUpdateSrc(srcFilename, ts.FileWatcherEventKind.Changed);
        notifyUpdateDecls(declFilename, ts.FileWatcherEventKind.Changed);
        if (!rebuildTimer) {
            throw new Error("rebuildTimer is not set properly");
        }
        rebuildTimer.callback();
        if (builder === oldBuilder && changed) {`,
      replace: `        watch.update();
        if (builder === oldBuilder && changed) {`,
    },
    {
      why: "a cell's own names come from parsing it alone, which saves one program per cell",
      find: `        updateContent(prevDecl, src);
        let declsFile = builder.getSourceFile(declFilename);
        let srcFile = builder.getSourceFile(srcFilename);
        const locals = srcFile.locals;`,
      replace: `        let declsFile, srcFile;
        const locals = watch.localsOf(srcPrefix + src);`,
    },
    {
      why: 'the same; and only the cell and the sources edited since the kernel started are type-checked',
      find: `        }
        asMutable(srcFile).parent = declsFile;
        const diag = convertDiagnostics(getPreEmitDiagnosticsWithDependencies(builder, srcFile));`,
      replace: `        }
        else {
            updateContent(prevDecl, src);
            declsFile = builder.getSourceFile(declFilename);
            srcFile = builder.getSourceFile(srcFilename);
        }
        asMutable(srcFile).parent = declsFile;
        const diag = convertDiagnostics(watch.diagnose(srcFile));`,
    },
    {
      why: 'imported files are loaded by source-loader.cjs, so that only the cell itself is emitted',
      find: 'for (const dep of getAllSrcDependencies(builder, srcFile)) {\n            if (sideInputsConverted',
      replace: 'for (const dep of [srcFilename]) {\n            if (sideInputsConverted',
    },
    {
      why: 'source maps',
      find: '        let sideOutputs;\n',
      replace: '        let sideOutputs, cellMap;\n',
    },
    {
      why: 'source maps',
      find: '                if (fileName === dstFilename) {',
      replace: `                if (fileName === dstFilename + ".map") {
                    cellMap = data;
                    return;
                }
                if (fileName === dstFilename) {`,
    },
    {
      why: 'source maps, and await found in the syntax tree in place of a diagnostic',
      find: `            output: esModuleToCommonJSModule(output, transpileTarget),
            declOutput,
            diagnostics: diag.diagnostics,
            hasToplevelAwait: diag.hasToplevelAwait,`,
      replace: `            ...watch.toCommonJs(output, cellMap, transpileTarget),
            declaredNames: [...keys],
            mutableNames: watch.mutableNames(srcFile),
            declOutput,
            diagnostics: diag.diagnostics,
            hasToplevelAwait: watch.hasTopLevelAwait(srcFile),`,
    },
    {
      why: 'a variable of an earlier cell may be named in `{ variable }`',
      find: `            if (!ts.isIdentifier(node)) {
                return ts.visitEachChild(node, wrapPrevIdentifier, nullTransformationContext);
            }`,
      replace: `            if (ts.isShorthandPropertyAssignment(node)) {
                const value = checker.getShorthandAssignmentValueSymbol(node);
                const property = value?.declarations?.some((decl) => decl.getSourceFile() === declsFile)
                    ? watch.expandShorthand(node)
                    : node;
                return ts.visitEachChild(property, (child) => child === property.name ? child : wrapPrevIdentifier(child), nullTransformationContext);
            }
            if (!ts.isIdentifier(node)) {
                return ts.visitEachChild(node, wrapPrevIdentifier, nullTransformationContext);
            }`,
    },
    {
      why: 'the name of a property is not a variable of an earlier cell, in `const { units: n } = parameters` for one',
      find: `                node.parent.name === node) {
                return node;
            }`,
      replace: `                node.parent.name === node) {
                return node;
            }
            if (node.parent && (ts.isBindingElement(node.parent) ? node.parent.propertyName === node
                : ts.isPropertyAssignment(node.parent) && node.parent.name === node)) {
                return node;
            }`,
    },
    {
      why: 'errors in files beside or above the notebook are shown, with their name in the project',
      find: `                const rel = path_1.default.relative(cwd, d.file.fileName);
                if (rel.startsWith("..")) {
                    continue;
                }
                fileName = rel;`,
      replace: '                fileName = watch.displayName(d.file.fileName);',
    },
    {
      why: 'an error of several sentences stays one error',
      find: '            traverseDiagnosticMessageChain(start, end, d.messageText, diagnostics, fileName);',
      replace:
        '            diagnostics.push({ start, end, messageText: ts.flattenDiagnosticMessageText(d.messageText, "\\n"), category: d.category, code: d.code, fileName });',
    },
  ],
  'jupyter.js': [
    {
      why: 'kernel-server.cjs answers the requests that tslab does not know',
      find: 'exports.ZmqServer = ZmqServer;',
      replace: 'exports.ZmqServer = ZmqServer;\nexports.ZmqMessage = ZmqMessage;',
    },
  ],
}

/**
 * The text with every edit applied.
 * @param {string} file the name shown in an error
 * @param {string} text
 * @param {readonly Edit[]} edits
 * @param {string} found the version of tslab that the text comes from
 * @throws {Error} if the version is another one or an edit does not match exactly once
 */
const applyEdits = (file, text, edits, found) => {
  const remedy = `The notebook kernel needs tslab ${REQUIRED_VERSION} exactly as published, and found tslab ${found}. Run "npm ci" to install the pinned version.`
  if (found !== REQUIRED_VERSION) throw new Error(remedy)
  let edited = text
  for (const { why, find, replace } of edits) {
    const matches = edited.split(find).length - 1
    if (matches !== 1) {
      throw new Error(
        `A repair of tslab's ${file} (${why}) matches ${matches} places instead of one. ${remedy}`,
      )
    }
    edited = edited.replace(find, () => replace)
  }
  return edited
}

/** Loads tslab's modules with the edits applied. */
const loadTslab = () => {
  const packageFile = require.resolve('tslab/package.json')
  const found = require(packageFile).version
  const folder = path.join(path.dirname(packageFile), 'dist')
  const loadPlain = Module._extensions['.js']
  Module._extensions['.js'] = (module, filename) => {
    const file = path.basename(filename)
    if (path.dirname(filename) !== folder || !(file in EDITS)) return loadPlain(module, filename)
    module._compile(applyEdits(file, fs.readFileSync(filename, 'utf8'), EDITS[file], found), filename)
  }
  try {
    return {
      version: found,
      ts: require(require.resolve('@tslab/typescript-for-tslab', { paths: [folder] })),
      converter: require(path.join(folder, 'converter.js')),
      jupyter: require(path.join(folder, 'jupyter.js')),
      display: require(path.join(folder, 'public.js')),
    }
  } finally {
    Module._extensions['.js'] = loadPlain
  }
}

module.exports = { EDITS, REQUIRED_VERSION, applyEdits, loadTslab }
