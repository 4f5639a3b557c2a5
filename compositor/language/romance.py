"""Spanish, French and Portuguese. Months, dates, quotation marks and numbers: CLDR 47."""

from __future__ import annotations

from compositor.language.tables import table

SPANISH = table(
    "es",
    """
quotes: «|»|“|”
months: enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre
date_order: {day} de {month} de {year}
and_: y
part: Parte
chapter: Capítulo
section: Sección
appendix: Apéndice
figure: Figura
table: Tabla
listing: Listado
note: Nota
notes: Notas
page: Página
see: véase
see_also: véase también
exercise: Ejercicio
answer: Solución
item_inside: punto
on_page: en la página {page}
plurals: partes|capítulos|secciones|apéndices|figuras|tablas|listados|ejercicios|puntos
index_symbols: Símbolos y números
continued: continuación
cover: Cubierta
cover_alt: Cubierta de {title}
half_title: Portadilla
title_page: Portada
copyright_page: Derechos de autor
contents: Índice
list_of_figures: Índice de figuras
list_of_tables: Índice de tablas
list_of_listings: Índice de listados
front_matter: Preliminares
body_matter: Texto principal
back_matter: Finales
colophon: Colofón
landmarks: Puntos de referencia
list_of_pages: Páginas del libro impreso
start_of_content: Comienzo del texto
back_to_text: Volver al texto
task_done: hecho
task_open: pendiente
by: por {authors}
edition: Edición
build: Versión
build_line: Versión {build}, {date}
checksum: suma de control de las fuentes
again: Para volver a generar este libro:
changed_line: Las fuentes tienen cambios que no están en ningún commit: {commit} y más.
unsure_line: No se sabe si las fuentes son las del commit {commit}.
copyright_line: Copyright © {year} {holders}
published_by: Publicado por {publisher}
identifier_line: {format}: {identifier}
made_with: Compuesto con {program}.
typefaces: Tipos de letra: {names}.
decimal: ,
thousands: .
equation: ecuación
et_al: et al.
abbreviations: p. ej.|a. m.|p. m.|et al.
accessibility: El texto puede leerse en cualquier tamaño, en voz alta y en braille. Los títulos, las notas y
  las referencias están marcados.|Todas las imágenes tienen una descripción.|Algunas imágenes no tienen
  descripción.
callouts: Nota|Consejo|Importante|Advertencia|Precaución|Ejercicio|Por diversión
changes: Novedades|Cambios desde {revision}. Lo añadido está subrayado; lo suprimido, tachado.|Nada ha cambiado desde
  {revision}.|Añadido|Suprimido|Modificado|Trasladado aquí desde {section}|Trasladado dentro de la sección|Nuevo|Ya no
  está en el libro|Otros cambios: {count}|Otras secciones con cambios: {count}
site: Buscar|Sin resultados|Anterior|Siguiente|Apariencia|Como el sistema|Claro|Sepia|Oscuro|Copiar|Copiado|Enlace a
  este lugar|Editar esta página|Página no encontrada|No hay ninguna página en esta dirección.|Descargar|Saltar al
  texto|Cerrar
""",
    {"ñ": "n\uffdc"},
)
FRENCH = table(
    "fr",
    """
quotes: «_|_»|“|”
months: janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre
date_order: {day} {month} {year}
and_: et
part: Partie
chapter: Chapitre
section: Section
section_inside: section
appendix: Annexe
figure: Figure
table: Tableau
listing: Listing
note: Note
notes: Notes
page: Page
see: voir
see_also: voir aussi
exercise: Exercice
answer: Solution
item_inside: point
on_page: à la page {page}
plurals: parties|chapitres|sections|annexes|figures|tableaux|listings|exercices|points
index_symbols: Symboles et chiffres
continued: suite
cover: Couverture
cover_alt: Couverture de {title}
half_title: Faux-titre
title_page: Page de titre
copyright_page: Mentions légales
contents: Table des matières
list_of_figures: Table des figures
list_of_tables: Liste des tableaux
list_of_listings: Liste des listings
front_matter: Pages liminaires
body_matter: Texte principal
back_matter: Pages finales
colophon: Colophon
landmarks: Points de repère
list_of_pages: Pages du livre imprimé
start_of_content: Début du texte
back_to_text: Retour au texte
task_done: fait
task_open: à faire
by: par {authors}
edition: Édition
build: Version
build_line: Version {build}, {date}
checksum: somme de contrôle des sources
again: Pour produire ce livre à nouveau :
changed_line: Les sources ont des modifications qui ne sont dans aucun commit : {commit} et plus.
unsure_line: On ne sait pas si les sources sont celles du commit {commit}.
copyright_line: Copyright © {year} {holders}
published_by: Publié par {publisher}
identifier_line: {format} : {identifier}
made_with: Composé avec {program}.
typefaces: Caractères : {names}.
decimal: ,
thousands: ~
equation: équation
et_al: et al.
abbreviations: p. ex.|c. à d.|et al.
accessibility: Le texte peut être lu à toute taille, à voix haute et en braille. Les titres, les notes et les
  renvois sont balisés.|Toutes les images ont une description.|Certaines images n’ont pas de description.
callouts: Note|Astuce|Important|Attention|Prudence|Exercice|Pour rire
changes: Nouveautés|Changements depuis {revision}. Ce qui est ajouté est souligné\u00a0; ce qui est supprimé est
  barré.|Rien n’a changé depuis {revision}.|Ajouté|Supprimé|Modifié|Déplacé ici depuis {section}|Déplacé dans la
  section|Nouveau|N’est plus dans le livre|Autres changements\u00a0: {count}|Autres sections modifiées\u00a0: {count}
site: Rechercher|Aucun résultat|Précédent|Suivant|Apparence|Comme le système|Clair|Sépia|Sombre|Copier|Copié|Lien vers
  cet endroit|Modifier cette page|Page introuvable|Il n’y a pas de page à cette adresse.|Télécharger|Aller au
  texte|Fermer
""",
)
PORTUGUESE = table(
    "pt",
    """
quotes: “|”|‘|’
months: janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro
date_order: {day} de {month} de {year}
and_: e
part: Parte
chapter: Capítulo
section: Seção
appendix: Apêndice
figure: Figura
table: Tabela
listing: Listagem
note: Nota
notes: Notas
page: Página
see: ver
see_also: ver também
exercise: Exercício
answer: Resposta
item_inside: item
on_page: na página {page}
plurals: partes|capítulos|seções|apêndices|figuras|tabelas|listagens|exercícios|itens
index_symbols: Símbolos e números
continued: continuação
cover: Capa
cover_alt: Capa de {title}
half_title: Falsa folha de rosto
title_page: Folha de rosto
copyright_page: Direitos autorais
contents: Sumário
list_of_figures: Lista de figuras
list_of_tables: Lista de tabelas
list_of_listings: Lista de listagens
front_matter: Páginas iniciais
body_matter: Texto principal
back_matter: Páginas finais
colophon: Colofão
landmarks: Pontos de referência
list_of_pages: Páginas do livro impresso
start_of_content: Início do texto
back_to_text: Voltar ao texto
task_done: feito
task_open: por fazer
by: por {authors}
edition: Edição
build: Versão
build_line: Versão {build}, {date}
checksum: soma de verificação das fontes
again: Para gerar este livro de novo:
changed_line: As fontes têm alterações que não estão em nenhum commit: {commit} e mais.
unsure_line: Não se sabe se as fontes são as do commit {commit}.
copyright_line: Copyright © {year} {holders}
published_by: Publicado por {publisher}
identifier_line: {format}: {identifier}
made_with: Composto com {program}.
typefaces: Tipos de letra: {names}.
decimal: ,
thousands: .
equation: equação
et_al: et al.
abbreviations: p. ex.|et al.
accessibility: O texto pode ser lido em qualquer tamanho, em voz alta e em braille. Títulos, notas e
  referências estão marcados.|Todas as imagens têm uma descrição.|Algumas imagens não têm descrição.
callouts: Nota|Dica|Importante|Aviso|Cuidado|Exercício|Só por diversão
changes: Novidades|Mudanças desde {revision}. O que foi acrescentado está sublinhado; o que foi suprimido,
  riscado.|Nada mudou desde {revision}.|Acrescentado|Suprimido|Alterado|Movido para cá de {section}|Movido dentro da
  seção|Novo|Não está mais no livro|Outras mudanças: {count}|Outras seções com mudanças: {count}
site: Pesquisar|Nada encontrado|Anterior|Próximo|Aparência|Como o sistema|Claro|Sépia|Escuro|Copiar|Copiado|Link para
  este lugar|Editar esta página|Página não encontrada|Não há nenhuma página neste endereço.|Baixar|Ir para o
  texto|Fechar
""",
)
